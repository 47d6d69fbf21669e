//! What is said about a policy that cannot be loaded: the field's path and the problem.

/// What is wrong with a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("policy field `{field}`: {problem}")]
pub struct PolicyError {
    /// Path into the file, such as `services[3].id`.
    pub field: String,
    pub problem: String,
}

pub(super) fn need(sound: bool, field: &str, problem: &str) -> Result<(), PolicyError> {
    if sound {
        Ok(())
    } else {
        Err(PolicyError {
            field: field.to_owned(),
            problem: problem.to_owned(),
        })
    }
}

/// [`need`] for `list[index]rest`.
pub(super) fn need_at(
    sound: bool,
    list: &str,
    index: usize,
    rest: &str,
    problem: &str,
) -> Result<(), PolicyError> {
    if sound {
        Ok(())
    } else {
        need(false, &at(list, index, rest), problem)
    }
}

pub(super) fn at(list: &str, index: usize, rest: &str) -> String {
    let mut path = String::from(list);
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
    path.push_str(rest);
    path
}
