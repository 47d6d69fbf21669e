//! Checks on the channels: addresses that work, and no place listed twice in one kind of channel.

use crate::email;
use crate::policy::error::{PolicyError, at, need, need_at};
use crate::policy::{Channels, ContactChannel};
use crate::text::is_line;

pub(super) fn channels(channels: &Channels) -> Result<(), PolicyError> {
    let mut seen = Vec::new();
    for (index, channel) in channels.widget.iter().enumerate() {
        places("channels.widget", index, ".dcs", &channel.dcs, &mut seen)?;
        let pages = at("channels.widget", index, ".pages");
        need(!channel.pages.is_empty(), &pages, "must name a page")?;
        for (page, url) in channel.pages.iter().enumerate() {
            need_at(
                is_https(url),
                &pages,
                page,
                "",
                "must be an https:// address",
            )?;
        }
    }
    seen.clear();
    for (index, channel) in channels.help_center.iter().enumerate() {
        places(
            "channels.help_center",
            index,
            ".dcs",
            &channel.dcs,
            &mut seen,
        )?;
        let sound = is_https(&channel.url);
        need_at(
            sound,
            "channels.help_center",
            index,
            ".url",
            "must be an https:// address",
        )?;
    }
    let mut seen = Vec::new();
    for (index, channel) in channels.email.iter().enumerate() {
        places(
            "channels.email",
            index,
            ".regions",
            &channel.regions,
            &mut seen,
        )?;
        let address = &channel.address;
        let sound = email::parse(address).is_ok_and(|email| email.as_str() == address);
        need_at(
            sound,
            "channels.email",
            index,
            ".address",
            "must be an e-mail address",
        )?;
    }
    contacts("channels.phone", &channels.phone)?;
    contacts("channels.chat", &channels.chat)
}

/// A region may have several numbers, so only one entry at a time is looked at for doubles.
fn contacts(list: &str, channels: &[ContactChannel]) -> Result<(), PolicyError> {
    for (index, channel) in channels.iter().enumerate() {
        places(list, index, ".regions", &channel.regions, &mut Vec::new())?;
        need_at(
            is_line(&channel.contact),
            list,
            index,
            ".contact",
            "must be one line of text",
        )?;
    }
    Ok(())
}

fn places<T: Copy + PartialEq>(
    list: &str,
    index: usize,
    rest: &str,
    places: &[T],
    seen: &mut Vec<T>,
) -> Result<(), PolicyError> {
    let path = at(list, index, rest);
    need(!places.is_empty(), &path, "must not be empty")?;
    for (position, place) in places.iter().enumerate() {
        need_at(
            !seen.contains(place),
            &path,
            position,
            "",
            "stands twice in this kind of channel",
        )?;
        seen.push(*place);
    }
    Ok(())
}

fn is_https(url: &str) -> bool {
    let clean = |rest: &str| rest.chars().all(|c| !c.is_whitespace() && !c.is_control());
    url.strip_prefix("https://")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()) && clean(rest))
}
