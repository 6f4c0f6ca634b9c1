//! Scalars that are one and the same to Kustomize.
//!
//! When it adds a label to several places of an object, it puts one node there, and what later changes the
//! node at one of these places changes it at all of them: an overlay that sets a label of `metadata` alone
//! sets it in the pod template, too, if the base put it in both. Only a JSON patch ends this, as it makes all
//! nodes anew.

use crate::value::{Map, Value};
use std::cell::RefCell;
use std::rc::Rc;

/// A map and a key in it.
type Place = (Map, Rc<str>);

/// The places of an object that are one. Cloning gives another handle on the same list.
#[derive(Clone, Debug, Default)]
pub struct Shared(Rc<RefCell<Vec<Vec<Place>>>>);

impl Shared {
    /// Notes places that were given one node.
    pub fn note(&self, places: Vec<Place>) {
        if places.len() > 1 {
            self.0.borrow_mut().push(places);
        }
    }

    /// Changes an entry that is there already, and those that are one with it.
    pub fn set(&self, map: &Map, key: &str, value: &Value) {
        map.insert(key, value.clone());
        let groups = self.0.borrow();
        let is_here = |(other, name): &Place| **name == *key && other.is_same(map);
        for (other, name) in groups.iter().filter(|places| places.iter().any(is_here)).flatten() {
            other.insert(name.clone(), value.clone());
        }
    }

    /// Nothing is one with anything any more.
    pub fn part(&self) {
        self.0.borrow_mut().clear();
    }
}
