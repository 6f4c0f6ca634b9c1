//! What a template is compiled to: instructions for a machine with a stack, so that executing one needs no
//! recursion here, however deep templates call one another.

use crate::context::Function;
use crate::template::builtin::Builtin;
use crate::template::signature::Signature;
use model::Span;
use std::sync::Arc;

/// Index into [`Unit::nodes`].
pub(super) type NodeIx = u32;

/// A place in the text that an error can be at, as Go's parse tree has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeAt {
    /// Its text.
    pub span: Span,
    /// The byte that counts as its position (the last but first part of `.a.b.c`).
    pub at: u32,
    /// True for a `template` action, which is shown with braces.
    pub braces: bool,
}

/// A constant in an action.
#[derive(Clone, Debug)]
pub(super) enum Constant {
    /// `nil`
    Nil,
    /// `true`, `false`
    Bool(bool),
    /// A number; which kinds of number it can be.
    Number {
        /// Its value, if it is whole.
        int: Option<i64>,
        /// Its value.
        float: Option<f64>,
        /// True if it is a `float64` where any type may stand.
        is_float: bool,
        /// True if only a `uint64` holds it.
        too_big: bool,
    },
    /// A string.
    Str(Arc<[u8]>),
}

/// What is called.
#[derive(Clone, Copy, Debug)]
pub(super) enum Callee {
    /// A function that knows the engine.
    Own(Builtin),
    /// Any other.
    Foreign(Function),
}

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// What is called.
    pub callee: Callee,
    /// Its name.
    pub name: Arc<str>,
    /// Number of arguments that are written out.
    pub count: u32,
    /// True if the value piped in is a further argument.
    pub piped: bool,
    /// Where an error of the function is.
    pub node: NodeIx,
    /// Where an error of an argument is, the piped one last.
    pub arguments: Box<[NodeIx]>,
    /// Types of the parameters, where known.
    pub signature: Option<Signature>,
    /// The action it stands in, with its braces.
    pub action: Span,
}

/// A branch: `if` or `with`.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// The action, with its braces.
    pub action: Span,
    /// What is executed if the value is true.
    pub body: Span,
    /// What is executed if not.
    pub other: Option<Span>,
    /// The instruction to go on with if not.
    pub otherwise: u32,
    /// True for `with`.
    pub sets_dot: bool,
}

/// A `range`.
#[derive(Clone, Debug)]
pub(super) struct Loop {
    /// As for [`Branch`].
    pub branch: Branch,
    /// The variables for the element and for its index.
    pub element: Option<u32>,
    /// See `element`.
    pub index: Option<u32>,
    /// Where an error is.
    pub node: NodeIx,
}

/// An instruction.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    /// Writes bytes of the source.
    Text(Span),
    /// Pushes the dot.
    Dot,
    /// Pushes a variable.
    Variable(u32),
    /// Pushes a constant.
    Constant(u32),
    /// Replaces the top by one of its fields.
    Field { name: u32, node: NodeIx },
    /// Calls a method of what lies below `count` arguments (and above the piped one).
    Method { name: u32, node: NodeIx, count: u32, piped: bool },
    /// The top comes from a pipeline: it is no longer what an interface holds.
    Unbox,
    /// Calls a function.
    Call(u32),
    /// Looks at an operand of `and` or `or`: if it decides, jumps with it; else drops it.
    Decide { or: bool, target: u32 },
    /// The last operand of `and` or `or` is their value.
    Settle,
    /// Exchanges the top two.
    Swap,
    /// Drops what lies below the top.
    Nip,
    /// Sets a variable from the top, and drops it.
    Store(u32),
    /// Sets a variable from the top.
    Keep(u32),
    /// Writes the top, and drops it.
    Write(Span),
    /// Begins a branch, or jumps over it.
    Branch(u32),
    /// Begins a loop, or jumps over it.
    Range(u32),
    /// The next round of the innermost loop, or its end.
    Next { body: u32 },
    /// Ends the innermost loop.
    EndRange,
    /// Ends branches.
    Leave(u32),
    /// Goes on elsewhere.
    Jump(u32),
    /// An error if there is no such template: that comes before what its dot evaluates to.
    Expect { name: u32, node: NodeIx },
    /// Calls a template with the top as its dot.
    Template { name: u32, node: NodeIx, action: Span },
    /// An error that was clear from the text, but is one only once it is reached.
    Fail { message: u32, node: NodeIx },
}

/// One template.
#[derive(Debug)]
pub(super) struct Code {
    /// Its name.
    pub name: Arc<str>,
    /// Its instructions.
    pub ops: Vec<Op>,
    /// Most variables it has at a time, `$` included.
    pub variables: u32,
    /// True if it writes nothing but white space, so that it replaces no other template.
    pub is_empty: bool,
    /// The text it is in; for a body that is the whole.
    pub span: Span,
}

/// All templates of one text, with what their instructions refer to.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// The body, and what it defines, in the order of the text.
    pub codes: Vec<Code>,
    /// Places of errors.
    pub nodes: Vec<NodeAt>,
    /// Names of fields and templates; error messages.
    pub names: Vec<Arc<str>>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Calls.
    pub calls: Vec<Call>,
    /// `if` and `with`.
    pub branches: Vec<Branch>,
    /// `range`.
    pub loops: Vec<Loop>,
}
