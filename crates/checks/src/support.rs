//! What several checks share.

pub mod pod_security;
