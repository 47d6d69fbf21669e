//! FNV-1a over an unambiguous encoding: every value is preceded by its kind and length.

pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Fnv {
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.bytes(b"t")
            .bytes(&length.to_le_bytes())
            .bytes(text.as_bytes())
    }

    pub(super) fn optional(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.bytes(b"-"),
        }
    }

    pub(super) fn number(&mut self, number: u32) -> &mut Self {
        self.bytes(b"n").bytes(&number.to_le_bytes())
    }

    pub(super) fn flag(&mut self, flag: bool) -> &mut Self {
        self.bytes(if flag { b"1" } else { b"0" })
    }

    pub(super) fn finish(self) -> u64 {
        self.0
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        self
    }
}
