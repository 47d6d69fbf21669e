//! How large a picture is, from the beginning of its bytes: before it is decoded it has to be known what that
//! takes. PNG, JPEG, WebP and GIF; anything else has no size here.

/// Width and height, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// What is decoded at most: four bytes each, 128 MB for a moment. More than the cameras of most phones give.
const PIXELS_MAX: u64 = 32_000_000;
const SIDE_MAX: u32 = 16_384;
/// The longer side as it is drawn: twice the panel and more.
const DRAWN_MAX: u64 = 1_024;

impl Size {
    /// How wide it is drawn; `None`: it is too large to be decoded at all.
    pub fn drawn_width(self) -> Option<u32> {
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        let longer = width.max(height);
        let fits = longer <= u64::from(SIDE_MAX) && width.saturating_mul(height) <= PIXELS_MAX;
        if !fits {
            return None;
        }
        let drawn = width
            .saturating_mul(DRAWN_MAX)
            .checked_div(longer.max(DRAWN_MAX))?;
        u32::try_from(drawn.max(1)).ok()
    }
}

/// The size that a picture gives itself. `None`: it is none of these kinds, is broken, or has no pixel.
pub fn measure(bytes: &[u8]) -> Option<Size> {
    let size = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        jpeg(bytes)
    } else if bytes.starts_with(b"GIF8") {
        gif(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(bytes)
    } else {
        None
    };
    size.filter(|size| size.width > 0 && size.height > 0)
}

fn big(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(count)?)?;
    Some(
        part.iter()
            .fold(0, |sum, byte| (sum << 8) | u32::from(*byte)),
    )
}

fn little(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(count)?)?;
    let part = part.iter().rev();
    Some(part.fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

fn png(bytes: &[u8]) -> Option<Size> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    Some(Size {
        width: big(bytes, 16, 4)?,
        height: big(bytes, 20, 4)?,
    })
}

/// From segment to segment up to the frame.
fn jpeg(bytes: &[u8]) -> Option<Size> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        match *bytes.get(at + 1)? {
            // Filling.
            0xff => at += 1,
            // Without a length.
            0x01 | 0xd0..=0xd7 => at += 2,
            // Frames; between them tables of other kinds.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some(Size {
                    height: big(bytes, at + 5, 2)?,
                    width: big(bytes, at + 7, 2)?,
                });
            }
            // The pixels begin, or it ends, and no frame has come.
            0xd8..=0xda => return None,
            _ => {
                let length = usize::try_from(big(bytes, at + 2, 2)?).ok()?;
                if length < 2 {
                    return None;
                }
                at += 2 + length;
            }
        }
    }
}

/// The screen, or the first image if that is larger: browsers make room for it.
fn gif(bytes: &[u8]) -> Option<Size> {
    let screen = Size {
        width: little(bytes, 6, 2)?,
        height: little(bytes, 8, 2)?,
    };
    let table = |flags: u8| match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    };
    let mut at: usize = 13 + table(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            0x2c => {
                let [left, top, width, height] =
                    [1, 3, 5, 7].map(|place| little(bytes, at + place, 2));
                return Some(Size {
                    width: screen.width.max(left? + width?),
                    height: screen.height.max(top? + height?),
                });
            }
            0x21 => {
                at += 2;
                // Blocks, each with its length in front, the last one empty.
                loop {
                    let length = usize::from(*bytes.get(at)?);
                    at += 1 + length;
                    if length == 0 {
                        break;
                    }
                }
            }
            _ => return None,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<Size> {
    match bytes.get(12..16)? {
        b"VP8X" => Some(Size {
            width: little(bytes, 24, 3)? + 1,
            height: little(bytes, 27, 3)? + 1,
        }),
        b"VP8L" => {
            let bits = little(bytes, 21, 4)?;
            Some(Size {
                width: (bits & 0x3fff) + 1,
                height: ((bits >> 14) & 0x3fff) + 1,
            })
        }
        b"VP8 " => Some(Size {
            width: little(bytes, 26, 2)? & 0x3fff,
            height: little(bytes, 28, 2)? & 0x3fff,
        }),
        _ => None,
    }
}
