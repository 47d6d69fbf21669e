//! What somebody says about the translation (facts, section 7). Public, so it belongs to nobody who is signed
//! in; like a ticket it is sent under one key until an answer says what became of it.

use super::fault::Fault;
use super::files::Picked;
use partner_rules::{ViolationCode, email, feedback};
use std::rc::Rc;

/// As the endpoint has it by default; it has the last word.
pub const FILES_MAX: usize = 5;
/// In bytes.
pub const FILE_BYTES_MAX: u64 = 20 << 20;
/// Endings of pictures that are taken.
const ENDINGS: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];

/// A text of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Name,
    Email,
    Subject,
    Description,
    PageUrl,
    Screenshots,
}

impl Part {
    /// In the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Email,
        Self::Subject,
        Self::Description,
        Self::PageUrl,
        Self::Screenshots,
    ];

    /// Its name on the wire.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Subject => "subject",
            Self::Description => "description",
            Self::PageUrl => "page_url",
            Self::Screenshots => "screenshots",
        }
    }
}

/// Why a part is not taken, with the bound that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub part: Part,
    pub code: ViolationCode,
    pub limit: Option<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Editing,
    Sending {
        attempt: u32,
    },
    /// No answer says whether it arrived: it can only be sent again as it is.
    Unknown(Fault),
    /// It was not taken, and can be changed.
    Failed(Fault),
    Sent {
        reference: Rc<str>,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// By [`Part`]; that of the screenshots stays empty.
    texts: [Rc<str>; 6],
    pub files: Vec<Picked>,
    pub wrong: Vec<Wrong>,
    pub standing: Standing,
    /// Made when the form is first wanted.
    pub key: Option<Rc<str>>,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Sent { reference: Rc<str> },
    Failed { fault: Fault, wrong: Vec<Wrong> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedbackAction {
    /// The form is wanted.
    Wanted,
    /// What only the shell knows: the page's address without query and fragment, and a key for what is sent.
    Begun {
        page: Rc<str>,
        key: Rc<str>,
    },
    Edited(Part, Rc<str>),
    Picked(Vec<Picked>),
    Removed(Rc<str>),
    Submit,
    Answered {
        attempt: u32,
        answer: Answer,
    },
    /// What was sent is done with; another one is written.
    Another,
}

impl Feedback {
    pub fn text(&self, part: Part) -> &str {
        self.texts.get(part as usize).map_or("", |text| text)
    }

    pub fn set(&mut self, part: Part, text: Rc<str>) {
        if let Some(known) = self.texts.get_mut(part as usize) {
            *known = text;
        }
        self.wrong.retain(|wrong| wrong.part != part);
    }

    /// Whether somebody has typed or chosen anything that is not at the endpoint yet.
    pub fn is_begun(&self) -> bool {
        let typed = |part| part != Part::PageUrl && !self.text(part).is_empty();
        let sent = matches!(self.standing, Standing::Sent { .. });
        !sent && (Part::ALL.into_iter().any(typed) || !self.files.is_empty())
    }

    /// Nothing of it can be changed: it is on its way, or may have arrived.
    pub fn is_frozen(&self) -> bool {
        matches!(
            self.standing,
            Standing::Sending { .. } | Standing::Unknown(_)
        )
    }

    pub fn sending(&self) -> Option<u32> {
        match self.standing {
            Standing::Sending { attempt } => Some(attempt),
            Standing::Editing
            | Standing::Unknown(_)
            | Standing::Failed(_)
            | Standing::Sent { .. } => None,
        }
    }

    /// Everything that is wrong, in the order of the form.
    pub fn check(&self) -> Vec<Wrong> {
        Part::ALL
            .into_iter()
            .filter_map(|part| {
                let (code, limit) = self.judge(part)?;
                Some(Wrong { part, code, limit })
            })
            .collect()
    }

    fn judge(&self, part: Part) -> Option<feedback::Wrong> {
        let text = self.text(part);
        match part {
            Part::Name => feedback::name(text).err(),
            Part::Email => address(text),
            Part::Subject => feedback::subject(text).err(),
            Part::Description => feedback::description(text).err(),
            Part::PageUrl => page(text),
            Part::Screenshots => self.pictures(),
        }
    }

    fn pictures(&self) -> Option<feedback::Wrong> {
        let mut files = self.files.iter();
        if self.files.len() > FILES_MAX {
            return Some((ViolationCode::TooManyFiles, None));
        }
        if files.any(|file| file.size > FILE_BYTES_MAX) {
            return Some((ViolationCode::FileTooLarge, None));
        }
        let foreign = |file: &Picked| {
            let ending = file.name.rsplit_once('.').map(|(_, ending)| ending);
            !ending.is_some_and(|ending| {
                ENDINGS
                    .iter()
                    .any(|known| ending.eq_ignore_ascii_case(known))
            })
        };
        let any = self.files.iter().any(foreign);
        any.then_some((ViolationCode::FileType, None))
    }
}

fn address(text: &str) -> Option<feedback::Wrong> {
    email::parse(text).err()
}

fn page(text: &str) -> Option<feedback::Wrong> {
    match feedback::page_url(text) {
        Err(wrong) => Some(wrong),
        Ok(Some(url)) if !url.starts_with("https://") && !url.starts_with("http://") => {
            Some((ViolationCode::Syntax, None))
        }
        Ok(_) => None,
    }
}
