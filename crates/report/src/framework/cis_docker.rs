//! The CIS Docker Benchmark, the section on images and build files.

use super::data::{Framework, Group, controls};

/// Section 4 only: the other sections are about hosts and running daemons.
pub static CIS_DOCKER: Framework = Framework {
    id: "cis-docker",
    title: "CIS Docker Benchmark, section 4",
    version: "1.7.0",
    source: "The Center for Internet Security. Titles are our own words; only the section on images and build files is listed.",
    groups: &[Group {
        id: "4",
        title: "Container images and build file",
        controls: controls! {
            Files "4.1" "A user for the container is set", "USER in Dockerfiles";
            Files "4.2" "Only trusted base images", "FROM in Dockerfiles";
            Files "4.3" "No unnecessary packages", "package installations in Dockerfiles";
            Live "4.4" "Images scanned and rebuilt with security patches", "needs the image and an advisory database";
            Live "4.5" "Signed content enforced when images are pulled", "a setting of the Docker client and the registry";
            Files "4.6" "HEALTHCHECK present", "Dockerfiles";
            Files "4.7" "Package lists are not updated in a layer of their own", "RUN in Dockerfiles";
            Files "4.8" "No setuid or setgid programs left", "chmod in Dockerfiles; programs that come with the base show in the image";
            Files "4.9" "COPY instead of ADD", "Dockerfiles";
            Files "4.10" "No secrets in build files", "ARG, ENV, COPY and RUN in Dockerfiles";
            Files "4.11" "Only verified packages installed", "package installations and downloads in Dockerfiles";
            Files "4.12" "Signed artefacts checked before use", "downloads in Dockerfiles; signatures themselves are in the registry";
        },
    }],
};
