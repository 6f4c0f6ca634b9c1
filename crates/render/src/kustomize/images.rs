//! `images`: new names, tags and digests of images.

use super::fieldspec::FieldSpec;
use crate::context::Context;
use crate::text::Text;
use crate::value::Value;

/// An entry of `images`.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// Which images: the name without tag and digest; a regular expression, anchored.
    pub name: Text,
    /// The name it gets; empty for the old one.
    pub new_name: Text,
    /// The tag it gets; empty for the old one.
    pub new_tag: Text,
    /// What is put after its tag.
    pub tag_suffix: Text,
    /// The digest it gets; empty for the old one.
    pub digest: Text,
}

/// Changes the images of an object: at the fields of `specs`, and in any `containers` and `initContainers`.
pub fn apply(
    context: &mut Context,
    object: &mut Value,
    image: &Image,
    specs: &[FieldSpec],
) -> Result<(), String> {
    let _ = (context, object, image, specs);
    Ok(())
}
