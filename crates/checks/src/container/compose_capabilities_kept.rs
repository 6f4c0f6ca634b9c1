//! Capabilities that are not dropped.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Docker gives each container fourteen capabilities, `NET_RAW`, `SETUID` and `DAC_OVERRIDE` among
    /// them. Hardly any program needs them; an attacker inside does.
    ///
    /// ## How to fix
    /// Write `cap_drop: [ALL]`, then add back what is missing with `cap_add`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cap_drop: [NET_RAW]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cap_drop: [ALL]
    ///     cap_add: [NET_BIND_SERVICE]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cap_drop:
    ///       - cap_all
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     ports: ["127.0.0.1:80:80"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-capabilities-kept",
        title: "Compose service keeps the default capabilities",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "the default set is limited already; dropping it only takes away what a further \
                      exploit would use",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-4"],
        remediation: "Add `cap_drop: [ALL]`, and add back single capabilities where the program fails \
                      without.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let drop = service.get("cap_drop");
    let all = drop.items().iter().any(|item| {
        let text = item.text().unwrap_or("");
        // A list that is filled in from outside may hold it; the engine notes that below.
        ["all", "cap_all"].iter().any(|all| text.eq_ignore_ascii_case(all))
    });
    let privileged = service.get("privileged").bool().known() == Some(true);
    // Of a privileged service this is not the fault to mend first.
    if all || privileged {
        return;
    }
    if drop.is_set() && !service.is_partial() {
        if let Some(item) = drop.items().into_iter().find(|item| item.unresolved().is_some()) {
            out.unknown(item, item.why_unresolved());
            return;
        }
        out.fail(drop, format!("{} drops some capabilities, but keeps the others", service.label()));
    } else if lacks(service, &[&["cap_drop"]], out) {
        out.fail(service, format!("{} keeps all of the default capabilities", service.label()))
            .fix(Plan::risky("drop all capabilities").append(service.node(), &["cap_drop"], "ALL"));
    }
}
