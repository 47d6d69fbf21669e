//! What is said about a policy that cannot be loaded: the field's path and the problem.

/// What is wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("policy field `{field}`: {problem}")]
pub struct PolicyError {
    /// Path into the file, such as `services[3].id`.
    pub field: String,
    pub problem: String,
}

/// What was found so far; the first finding stays. Looking goes on after it, which costs a browser
/// fewer bytes than a way out behind every question.
#[derive(Default)]
pub(super) struct Findings(Option<PolicyError>);

impl Findings {
    #[inline(never)]
    pub(super) fn need(&mut self, sound: bool, field: &str, problem: &str) {
        if !sound && self.0.is_none() {
            self.0 = Some(PolicyError {
                field: field.to_owned(),
                problem: problem.to_owned(),
            });
        }
    }

    /// [`Self::need`] for `list[index]rest`.
    #[inline(never)]
    pub(super) fn need_at(
        &mut self,
        sound: bool,
        (list, index, rest): (&str, usize, &str),
        problem: &str,
    ) {
        if !sound {
            self.need(false, &at(list, index, rest), problem);
        }
    }

    pub(super) fn first(self) -> Option<PolicyError> {
        self.0
    }
}

/// `list[index]rest`
#[inline(never)]
pub(super) fn at(list: &str, index: usize, rest: &str) -> String {
    let mut path = String::from(list);
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
    path.push_str(rest);
    path
}
