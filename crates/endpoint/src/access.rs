//! Which access a user has in the end: what was granted by name, else what the role brings, else the
//! shop's default. Never asks the store; whoever knows the three may ask this.

use partner_rules::wire::{Access, Role};

/// A super administrator has company access unless somebody granted something else; `role` is `None`
/// for users who were never seen.
pub fn effective(granted: Option<Access>, role: Option<Role>, default: Access) -> Access {
    match (granted, role) {
        (Some(access), _) => access,
        (None, Some(Role::Superadmin)) => Access::Company,
        (None, Some(Role::Member) | None) => default,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_comes_before_the_role_and_that_before_the_default() {
        let default = Access::None;
        assert_eq!(effective(None, None, default), Access::None);
        assert_eq!(effective(None, Some(Role::Member), default), Access::None);
        assert_eq!(
            effective(None, Some(Role::Superadmin), default),
            Access::Company
        );
        assert_eq!(
            effective(Some(Access::Own), Some(Role::Superadmin), default),
            Access::Own
        );
    }
}
