//! What functions of templates may use while a rendering runs.

use crate::origin::Origins;
use crate::sprig::regexes::Cache as Expressions;
use crate::value::Value;

/// A function of templates. It gets its arguments evaluated, in order, the piped one last. An error is in the
/// words of the original; the engine adds where it happened (`error calling NAME: ...`).
pub type Function = fn(&mut Context, &[Value]) -> Result<Value, String>;

/// State of one rendering.
#[derive(Debug)]
pub struct Context {
    /// Where things came from.
    pub origins: Origins,
    /// What may still be done.
    pub budget: Budget,
    /// Source of what is random in the original; the same for the same input.
    pub random: Random,
    /// The time that `now` gives, in seconds since 1970. Not the real one, so that output repeats.
    pub now: i64,
    /// Regular expressions compiled so far.
    pub(crate) expressions: Expressions,
}

impl Context {
    /// Begins a rendering.
    pub fn new(now: i64) -> Self {
        Self {
            origins: Origins::default(),
            budget: Budget::default(),
            random: Random::new(""),
            now,
            expressions: Expressions::default(),
        }
    }

    /// A value computed from arguments: the same value, with an origin derived from all of theirs.
    pub fn computed(&mut self, value: Value, from: &[Value]) -> Value {
        let mut ids = Vec::with_capacity(from.len());
        for value in from {
            ids.push(value.origin(&mut self.origins));
        }
        let origin = self.origins.derive(ids);
        value.with_origin(origin)
    }
}

/// Bounds on what a rendering may cost: templates are foreign code.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Actions executed and items made.
    pub steps: u64,
    /// Bytes of text made, those thrown away included.
    pub bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: 20_000_000, bytes: 512 << 20 }
    }
}

impl Budget {
    /// What one template of many may spend: a part of what is left.
    #[must_use]
    pub fn share(self) -> Self {
        const PART: u64 = 4;
        Self { steps: self.steps / PART, bytes: self.bytes / PART }
    }

    /// Takes off what was spent of a share.
    pub fn spend(&mut self, before: Self, after: Self) {
        self.steps -= before.steps.saturating_sub(after.steps).min(self.steps);
        self.bytes -= before.bytes.saturating_sub(after.bytes).min(self.bytes);
    }

    /// Takes from the steps.
    pub fn step(&mut self, count: u64) -> Result<(), String> {
        self.steps = self.steps.checked_sub(count).ok_or_else(|| {
            self.steps = 0;
            "the rendering takes too many steps".to_owned()
        })?;
        Ok(())
    }

    /// Takes from the bytes. Call it before making a long text.
    pub fn take(&mut self, bytes: usize) -> Result<(), String> {
        self.bytes = self.bytes.checked_sub(bytes as u64).ok_or_else(|| {
            self.bytes = 0;
            "the rendering makes too much text".to_owned()
        })?;
        Ok(())
    }
}

/// A small generator of numbers that look random (SplitMix64). Nothing secret may rest on it.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
    drawn: u64,
}

impl Random {
    /// A generator whose numbers depend on `seed` alone.
    pub fn new(seed: &str) -> Self {
        // FNV-1a.
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self { state: seed.bytes().fold(0xcbf2_9ce4_8422_2325, fold), drawn: 0 }
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.drawn = self.drawn.wrapping_add(1);
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// How many numbers were drawn so far.
    pub fn drawn(&self) -> u64 {
        self.drawn
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.draw().checked_rem(bound).unwrap_or(0)
    }
}
