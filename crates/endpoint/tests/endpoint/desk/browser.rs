//! A browser as far as the desk needs one: it keeps cookies, sends forms of the page that it shows, and says
//! where they come from.

use crate::support::{Answer, Request, TestApp};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use url::form_urlencoded;

#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) address: SocketAddr,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The secret of the forms on the page that was shown last.
    pub(crate) form: String,
}

impl Browser {
    pub(crate) fn at(app: &TestApp) -> Self {
        Self {
            address: app.desk_address.expect("an open desk"),
            cookies: BTreeMap::new(),
            form: String::new(),
        }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> Request {
        let request = Request::new(method, path).header("sec-fetch-site", "same-origin");
        if self.cookies.is_empty() {
            return request;
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request.header("cookie", &cookies.join("; "))
    }

    pub(crate) async fn send(&mut self, request: Request) -> Answer {
        let answer = request.send(self.address).await;
        for (_, line) in answer
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
        {
            let pair = line.split(';').next().expect("a cookie");
            let (name, value) = pair.split_once('=').expect("a pair");
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(form) = field(&answer.text(), "form") {
            self.form = form;
        }
        answer
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    /// A page that is there.
    pub(crate) async fn page(&mut self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// The request that sends a form of the page shown last.
    pub(crate) fn form(&self, path: &str, fields: &[(&str, &str)]) -> Request {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("form", &self.form).extend_pairs(fields);
        self.request("POST", path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.finish())
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(path, fields)).await
    }

    /// The request that sends a form with files.
    pub(crate) fn parts(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Request {
        const BOUNDARY: &str = "----desk-form";
        let mut body = Vec::new();
        let form = [("form", self.form.as_str())];
        for (name, value) in form.iter().chain(fields) {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(head.as_bytes());
        }
        for (name, bytes) in files {
            // As browsers write a quotation mark.
            let name = name.replace('"', "%22");
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.request("POST", path)
            .header("content-type", &kind)
            .body(body)
    }

    /// Sends a form with files.
    pub(crate) async fn speak(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answer {
        self.send(self.parts(path, fields, files)).await
    }

    /// Sends a form and goes where that leads.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        let to = answer.header("location").expect("a place");
        self.page(&to).await
    }

    pub(crate) async fn sign_in_as_demo(&mut self) {
        self.page("/sign-in").await;
        self.submit("/demo/sign-in", &[]).await;
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.get("/sign-in").await;
        self.post("/sign-in", &[("email", email), ("password", password)])
            .await
    }

    pub(crate) fn session(&self) -> Option<&String> {
        self.cookies.get("pd-desk")
    }
}

/// The value of the first input of this name.
pub(crate) fn field(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}
