//! The desk's cookies: the session, what a form before signing in belongs to, and the language. Over https
//! their names begin with `__Host-`, so that no other host and no plain connection can set them.

use crate::agents::Secret;
use crate::app::App;
use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jar {
    Session,
    /// For the form to sign in. Not the session's: a page that is reached from elsewhere gets no cookies from
    /// the browser, and would overwrite it.
    Visit,
    Lang,
}

impl Jar {
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-pd-desk",
            (Self::Session, false) => "pd-desk",
            (Self::Visit, true) => "__Host-pd-desk-visit",
            (Self::Visit, false) => "pd-desk-visit",
            (Self::Lang, true) => "__Host-pd-desk-lang",
            (Self::Lang, false) => "pd-desk-lang",
        }
    }

    /// What the browser has; nothing if it has it twice.
    pub(super) fn read(self, app: &App, headers: &HeaderMap) -> Option<String> {
        let name = self.name(app.config.desk.secure);
        let lines = headers.get_all(header::COOKIE).iter();
        let mut values = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
            .filter(|cookie| cookie.name() == name);
        let first = values.next()?;
        values.next().is_none().then(|| first.value().to_owned())
    }

    pub(super) fn secret(self, app: &App, headers: &HeaderMap) -> Option<Secret> {
        self.read(app, headers)
            .and_then(|value| Secret::parse(&value))
    }

    /// For as long as the browser runs; the language for a year.
    pub(super) fn set(self, app: &App, value: &str) -> Option<HeaderValue> {
        let age = match self {
            Self::Session | Self::Visit => None,
            Self::Lang => Some(cookie::time::Duration::days(365)),
        };
        self.write(app, value, age)
    }

    pub(super) fn clear(self, app: &App) -> Option<HeaderValue> {
        self.write(app, "", Some(cookie::time::Duration::ZERO))
    }

    fn write(
        self,
        app: &App,
        value: &str,
        age: Option<cookie::time::Duration>,
    ) -> Option<HeaderValue> {
        let secure = app.config.desk.secure;
        let mut cookie = Cookie::build((self.name(secure), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict);
        if secure {
            cookie = cookie.secure(true);
        }
        if let Some(age) = age {
            cookie = cookie.max_age(age);
        }
        HeaderValue::from_str(&cookie.build().to_string()).ok()
    }
}
