//! Pseudorandom numbers that are the same each time.

use std::sync::Arc;

use greengroup::sandbox::Ids;

#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn from_name(name: &str) -> Self {
        let fold = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number()).unwrap() % limit
    }

    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// An id that starts with `prefix`.
    pub(super) fn id(&mut self, prefix: &str) -> Arc<str> {
        let id = Ids::Seeded(self.number()).fresh();
        format!("{prefix}{}", &id[prefix.len()..]).into()
    }
}
