//! Kustomize overlays.
