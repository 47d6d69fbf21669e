//! Files of the request on screen that are fetched: to be saved, or to be looked at. Knows ids and sizes, never
//! bytes.

use super::fault::Fault;
use partner_rules::wire::Attachment;
use std::rc::Rc;

/// The largest picture that is drawn, in bytes.
const BYTES_MAX: u32 = 20 << 20;

/// What a file is fetched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Save,
    Look,
}

/// Why a file is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    Fault(Fault),
    /// As a picture it would take too much memory.
    TooLarge,
    /// It is no picture that can be drawn.
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Wanted {
        attempt: u32,
    },
    /// Drawn.
    Shown,
    Failed(Trouble),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    pub id: Rc<str>,
    pub name: Rc<str>,
    pub purpose: Purpose,
    pub standing: Standing,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewing {
    /// Whose files these are.
    pub reference: Rc<str>,
    pub files: Vec<Fetch>,
}

impl Viewing {
    pub fn of(&self, id: &str, purpose: Purpose) -> Option<&Fetch> {
        let mut files = self.files.iter();
        files.find(|file| &*file.id == id && file.purpose == purpose)
    }

    pub fn remove(&mut self, id: &str, purpose: Purpose) {
        self.files
            .retain(|file| &*file.id != id || file.purpose != purpose);
    }

    /// Those on their way, with their attempts.
    pub fn wanted(&self) -> impl Iterator<Item = (&Fetch, u32)> {
        self.files.iter().filter_map(|file| match file.standing {
            Standing::Wanted { attempt } => Some((file, attempt)),
            Standing::Shown | Standing::Failed(_) => None,
        })
    }
}

/// Whether it is a picture that is drawn here, by the type that the endpoint found in its bytes.
pub fn is_picture(file: &Attachment) -> bool {
    let drawn = ["image/png", "image/jpeg", "image/webp", "image/gif"];
    drawn.contains(&&*file.content_type) && file.size <= BYTES_MAX
}
