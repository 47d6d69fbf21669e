//! The form in which addresses and domains are compared: domain in ASCII by UTS 46, all in lower case.
//! For matching only, never for validity.

/// `Müller@MÜLLER.example` and `müller@xn--mller-kva.example` have the same key.
pub fn address_key(address: &str) -> String {
    match address.trim().rsplit_once('@') {
        Some((local, domain)) => format!("{}@{}", local.to_lowercase(), domain_key(domain)),
        None => address.trim().to_lowercase(),
    }
}

/// A domain that UTS 46 refuses is compared in lower case as it stands.
pub fn domain_key(domain: &str) -> String {
    let domain = domain.trim().trim_end_matches('.');
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_script_of_the_domain_do_not_matter() {
        assert_eq!(
            address_key(" Ada@MÜLLER.Example "),
            "ada@xn--mller-kva.example"
        );
        assert_eq!(
            address_key("ada@xn--mller-kva.example"),
            "ada@xn--mller-kva.example"
        );
        assert_eq!(address_key("ÄDA@large.example"), "äda@large.example");
    }

    #[test]
    fn different_addresses_stay_different() {
        assert_ne!(
            address_key("a.da@large.example"),
            address_key("ada@large.example")
        );
        assert_ne!(domain_key("large.example"), domain_key("x.large.example"));
    }
}
