//! Service accounts of pods: whether a token is mounted, and whether a role is bound.

use check::{Cx, Out, Pod};
use model::Val;
use syntax::Node;

/// Whether a pod gets an API token.
#[derive(Clone, Copy, Debug)]
pub enum Token<'a> {
    /// It does.
    Mounted {
        /// Where that is said, or could be denied.
        place: Node<'a>,
        /// True if the pod itself asks for it.
        explicit: bool,
    },
    /// It does not.
    Absent,
    /// It can't be told; already noted.
    Unknown,
}

/// Whether a pod gets an API token: its own setting counts, then that of its ServiceAccount, and by default
/// it does.
pub fn token<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) -> Token<'a> {
    let own = pod.spec().get("automountServiceAccountToken");
    let account = cx.inventory.find("ServiceAccount", pod.namespace(), pod.service_account());
    let of_account = account.map(|account| account.root.get("automountServiceAccountToken"));
    for setting in [Some(own), of_account].into_iter().flatten() {
        match setting.bool() {
            Val::Known(false, _) => return Token::Absent,
            Val::Known(true, place) => {
                let explicit = place == own;
                return Token::Mounted { place: if explicit { place } else { pod.spec() }, explicit };
            }
            Val::Absent(_) => {}
            Val::Unknown(why, place) => {
                out.unknown(place, why);
                return Token::Unknown;
            }
        }
    }
    Token::Mounted { place: pod.spec(), explicit: false }
}
