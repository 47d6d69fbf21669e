//! Days of the Gregorian calendar, without a clock.

/// `YYYY-MM-DD`, a day that exists.
pub(super) fn is_day(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return false;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    let number = |digits: &[&u8]| digits.iter().fold(0, |n, d| n * 10 + u32::from(**d & 0x0F));
    let (year, month, day) = (
        number(&[y1, y2, y3, y4]),
        number(&[m1, m2]),
        number(&[d1, d2]),
    );
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    digits.iter().all(|digit| digit.is_ascii_digit()) && (1..=days).contains(&day)
}
