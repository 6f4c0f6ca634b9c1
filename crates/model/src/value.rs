//! Values that may be missing or unknowable.

use crate::Why;

/// A value read from a resource. A check that meets `Unknown` cannot pass by accident: it has to say what
/// it makes of it. `L` is the place the value was looked for: a location, or a cursor into a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Val<T, L> {
    /// The value, and where it stands.
    Known(T, L),
    /// Nothing is written there; the place is the nearest ancestor that exists.
    Absent(L),
    /// Something is written there, but what it will be can't be told from the input.
    Unknown(Why, L),
}

impl<T, L> Val<T, L> {
    /// The value if it is known. Use only where unknown and absent mean the same to the caller.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value, _) => Some(value),
            Self::Absent(_) | Self::Unknown(..) => None,
        }
    }

    /// Where the value stands or was looked for.
    pub fn place(&self) -> &L {
        match self {
            Self::Known(_, place) | Self::Absent(place) | Self::Unknown(_, place) => place,
        }
    }

    /// Applies `f` to a known value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Val<U, L> {
        match self {
            Self::Known(value, place) => Val::Known(f(value), place),
            Self::Absent(place) => Val::Absent(place),
            Self::Unknown(why, place) => Val::Unknown(why, place),
        }
    }
}
