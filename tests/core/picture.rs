//! How large a picture is, from its first bytes; and that no bytes at all are too much for that.

use partner_desk::state::picture::{Size, measure};

fn size(width: u32, height: u32) -> Option<Size> {
    Some(Size { width, height })
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    // What a camera says, with a frame of a small picture inside, which is not the one.
    bytes.extend([0xff, 0xe1, 0, 13, 0xff, 0xc0, 0, 17, 8, 0, 1, 0, 1, 3, 0]);
    bytes.extend([0xff, 0xff, 0xc4, 0, 3, 9]);
    bytes.extend([0xff, 0xc2, 0, 17, 8]);
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes
}

fn gif(screen: (u16, u16), image: (u16, u16)) -> Vec<u8> {
    let mut bytes = b"GIF89a".to_vec();
    bytes.extend(screen.0.to_le_bytes());
    bytes.extend(screen.1.to_le_bytes());
    bytes.extend([0x80, 0, 0]);
    bytes.extend([0; 6]);
    bytes.extend([0x21, 0xf9, 4, 0, 0, 0, 0, 0]);
    bytes.extend([0x2c, 0, 0, 0, 0]);
    bytes.extend(image.0.to_le_bytes());
    bytes.extend(image.1.to_le_bytes());
    bytes
}

fn webp(kind: &[u8; 4], rest: &[u8]) -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WEBP".to_vec();
    bytes.extend(kind);
    bytes.extend([0; 4]);
    bytes.extend(rest);
    bytes
}

#[test]
fn every_kind_tells_its_size() {
    assert_eq!(measure(&png(640, 70_000)), size(640, 70_000));
    assert_eq!(measure(&jpeg(4_032, 3_024)), size(4_032, 3_024));
    assert_eq!(measure(&gif((10, 20), (5, 5))), size(10, 20));
    let extended = webp(b"VP8X", &[0, 0, 0, 0, 0xff, 0x03, 0, 0x0f, 0, 0]);
    assert_eq!(measure(&extended), size(1_024, 16));
    let lossless = webp(b"VP8L", &[0x2f, 0x63, 0x40, 0x06, 0]);
    assert_eq!(measure(&lossless), size(100, 26));
    let lossy = webp(b"VP8 ", &[0, 0, 0, 0x9d, 1, 0x2a, 0x20, 0x03, 0x58, 0x42]);
    assert_eq!(measure(&lossy), size(800, 600));
}

#[test]
fn an_image_larger_than_its_screen_counts_as_large_as_it_is() {
    assert_eq!(
        measure(&gif((1, 1), (65_535, 65_535))),
        size(65_535, 65_535)
    );
}

#[test]
fn what_would_take_too_much_to_decode_is_not_drawn() {
    let drawn = |width, height| Size { width, height }.drawn_width();
    assert_eq!(drawn(400, 300), Some(400));
    assert_eq!(drawn(4_032, 3_024), Some(1_024));
    assert_eq!(drawn(3_024, 4_032), Some(768));
    assert_eq!(drawn(1, 16_384), Some(1));
    assert_eq!(drawn(16_385, 1), None);
    assert_eq!(drawn(6_000, 6_000), None);
    assert_eq!(drawn(u32::MAX, u32::MAX), None);
}

#[test]
fn what_is_no_picture_or_has_no_pixel_has_no_size() {
    for bytes in [
        &b""[..],
        b"<svg/>",
        b"\x89PNG",
        b"RIFF",
        b"GIF89a",
        b"\xff\xd8\xff\xda",
    ] {
        assert_eq!(measure(bytes), None);
    }
    assert_eq!(measure(&png(0, 5)), None);
}

#[test]
fn no_beginning_of_a_picture_and_no_damage_to_it_is_too_much() {
    let all = [
        png(9, 9),
        jpeg(9, 9),
        gif((9, 9), (9, 9)),
        webp(b"VP8X", &[0; 10]),
    ];
    for whole in all {
        for end in 0..whole.len() {
            let _any = measure(whole.get(..end).expect("a beginning"));
        }
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut damaged = whole.clone();
                *damaged.get_mut(at).expect("a byte") = byte;
                let _any = measure(&damaged);
            }
        }
    }
}
