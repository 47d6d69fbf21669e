//! Days of the Gregorian calendar, without a clock.

/// `YYYY-MM-DD`, a day that exists.
pub(super) fn is_day(text: &str) -> bool {
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = text
            .get(from..to)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse().ok()
    };
    let separated = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    separated && (1..=days).contains(&day)
}
