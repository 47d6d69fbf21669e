//! Checks on the channels: addresses that work, and no place listed twice in one kind of channel.

use crate::email;
use crate::place::{Dc, Region};
use crate::policy::error::{Findings, at};
use crate::policy::{Channels, ContactChannel};
use crate::text::{is_blank, is_line};

const HTTPS: &str = "must be an https:// address";

pub(super) fn channels(found: &mut Findings, channels: &Channels) {
    let mut seen = Vec::new();
    for (index, channel) in channels.widget.iter().enumerate() {
        places(
            found,
            &at("channels.widget", index, ".dcs"),
            &codes(&channel.dcs),
            &mut seen,
        );
        let pages = at("channels.widget", index, ".pages");
        found.need(!channel.pages.is_empty(), &pages, "must name a page");
        for (page, url) in channel.pages.iter().enumerate() {
            found.need_at(is_https(url), (&pages, page, ""), HTTPS);
        }
    }
    seen.clear();
    for (index, channel) in channels.help_center.iter().enumerate() {
        places(
            found,
            &at("channels.help_center", index, ".dcs"),
            &codes(&channel.dcs),
            &mut seen,
        );
        found.need_at(
            is_https(&channel.url),
            ("channels.help_center", index, ".url"),
            HTTPS,
        );
    }
    seen.clear();
    for (index, channel) in channels.email.iter().enumerate() {
        places(
            found,
            &at("channels.email", index, ".regions"),
            &channel.regions,
            &mut seen,
        );
        let address = &channel.address;
        let sound = email::parse(address).is_ok_and(|email| email.as_str() == address);
        found.need_at(
            sound,
            ("channels.email", index, ".address"),
            "must be an e-mail address",
        );
    }
    contacts(found, "channels.phone", &channels.phone);
    contacts(found, "channels.chat", &channels.chat);
}

/// A region may have several numbers, so only one entry at a time is looked at for doubles.
fn contacts(found: &mut Findings, list: &str, channels: &[ContactChannel]) {
    for (index, channel) in channels.iter().enumerate() {
        places(
            found,
            &at(list, index, ".regions"),
            &channel.regions,
            &mut Vec::new(),
        );
        let sound = is_line(&channel.contact);
        found.need_at(sound, (list, index, ".contact"), "must be one line of text");
    }
}

/// Both kinds of place have the same codes, so one check serves both.
fn codes(dcs: &[Dc]) -> Vec<Region> {
    dcs.iter().copied().map(Region::from).collect()
}

fn places(found: &mut Findings, path: &str, places: &[Region], seen: &mut Vec<Region>) {
    found.need(!places.is_empty(), path, "must not be empty");
    for (position, place) in places.iter().enumerate() {
        let twice = seen.contains(place);
        found.need_at(
            !twice,
            (path, position, ""),
            "stands twice in this kind of channel",
        );
        seen.push(*place);
    }
}

fn is_https(url: &str) -> bool {
    let opens = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric());
    let gap = |c: char| c.is_control() || is_blank(c.encode_utf8(&mut [0; 4]));
    url.strip_prefix("https://").is_some_and(opens) && !url.chars().any(gap)
}
