//! Every `code` of a problem answer, its status, and when it is sent. Stable: integrators rely on them.

use axum::http::StatusCode;

macro_rules! codes {
    ($($variant:ident $text:literal $status:ident $meaning:literal;)*) => {
        /// The `code` of a problem answer. The table in `docs/api.md` is compared with this list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemCode {
            $(#[doc = $meaning] $variant,)*
        }

        impl ProblemCode {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            /// When it is sent; for the documents, never for an answer.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    MalformedRequest "malformed_request" BAD_REQUEST "The request cannot be read: a broken body, path or query string.";
    MalformedJson "malformed_json" BAD_REQUEST "The body is no JSON object.";
    IdempotencyKeyMissing "idempotency_key_missing" BAD_REQUEST "The call needs an `Idempotency-Key` header.";
    IdempotencyKeyInvalid "idempotency_key_invalid" BAD_REQUEST "The `Idempotency-Key` is not 1 to 255 printable ASCII characters, or was sent twice.";
    TokenMissing "token_missing" UNAUTHORIZED "There is no `Authorization` header.";
    TokenMalformed "token_malformed" UNAUTHORIZED "The header is no `Bearer` token with the agreed header and claims.";
    TokenUnknownKey "token_unknown_key" UNAUTHORIZED "The token's `kid` is missing, unknown or withdrawn.";
    TokenWrongAlgorithm "token_wrong_algorithm" UNAUTHORIZED "The token's `alg` is not the one recorded with its key; `none` never is.";
    TokenBadSignature "token_bad_signature" UNAUTHORIZED "The signature does not fit key and content.";
    TokenWrongShop "token_wrong_shop" UNAUTHORIZED "The key belongs to another shop than the token claims.";
    TokenWrongAudience "token_wrong_audience" UNAUTHORIZED "The token's `aud` is not this endpoint's.";
    TokenNotYetValid "token_not_yet_valid" UNAUTHORIZED "The token's `iat` or `nbf` lies in the future.";
    TokenExpired "token_expired" UNAUTHORIZED "The token's `exp` has passed.";
    TokenTooLongLived "token_too_long_lived" UNAUTHORIZED "The token's `exp` is more than 15 minutes after its `iat`.";
    AgentTokenUnknown "agent_token_unknown" UNAUTHORIZED "On `/agent`: the token is none of this endpoint's agents', or it is withdrawn or has expired.";
    AccessDenied "access_denied" FORBIDDEN "The shop's super administrator has granted this user no access to filing tickets.";
    NotSuperadmin "not_superadmin" FORBIDDEN "Only the shop's super administrators may ask for or change this.";
    OriginNotAllowed "origin_not_allowed" FORBIDDEN "The page's origin is not one of the shop's.";
    HostNotAllowed "host_not_allowed" FORBIDDEN "Demo mode answers under loopback names only, and the desk under its own.";
    FormForeign "form_foreign" FORBIDDEN "On the desk: the form does not come from a page of this session.";
    NotFound "not_found" NOT_FOUND "There is nothing here, or nothing that this user may see.";
    MethodNotAllowed "method_not_allowed" METHOD_NOT_ALLOWED "The path exists, but not for this method.";
    RequestTimeout "request_timeout" REQUEST_TIMEOUT "The body did not arrive in time.";
    IdempotencyRunning "idempotency_running" CONFLICT "A request with the same key is still running. Repeat it later with the same key.";
    TicketClosed "ticket_closed" CONFLICT "The ticket is closed: it takes no reply and cannot be closed again. Nothing was stored.";
    TicketNotClosed "ticket_not_closed" CONFLICT "The ticket is not closed, so it cannot be reopened. Nothing was stored.";
    NothingToChange "nothing_to_change" CONFLICT "The ticket is that way already: on hold, open, S1, with this team or with none. Nothing was stored.";
    AddressMissing "address_missing" CONFLICT "There is no SuperAdmin address that could be verified. Nothing was stored.";
    TicketFull "ticket_full" CONFLICT "The ticket has as many messages as one takes. Nothing was stored; what is left to say goes into another ticket.";
    BodyTooLarge "body_too_large" PAYLOAD_TOO_LARGE "The body is larger than this endpoint reads.";
    UnsupportedMediaType "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "The body's `Content-Type` is not the call's: `application/json`, or `multipart/form-data` for feedback.";
    UnknownField "unknown_field" UNPROCESSABLE_ENTITY "The body has fields that the call does not know; `violations` names them.";
    InvalidFields "invalid_fields" UNPROCESSABLE_ENTITY "Fields are missing or wrong; `violations` says which and why.";
    InvalidParameters "invalid_parameters" UNPROCESSABLE_ENTITY "Query parameters are wrong; `violations` says which.";
    WrongDc "wrong_dc" UNPROCESSABLE_ENTITY "This endpoint does not serve the data centre.";
    ChannelUnavailable "channel_unavailable" UNPROCESSABLE_ENTITY "By policy the data centre has no widget channel; use the other channels.";
    IdempotencyMismatch "idempotency_mismatch" UNPROCESSABLE_ENTITY "The key already stands for another request.";
    RateLimited "rate_limited" TOO_MANY_REQUESTS "Too many calls; `Retry-After` says how many seconds to wait.";
    Internal "internal" INTERNAL_SERVER_ERROR "Something went wrong here. It is logged under the `X-Request-Id`.";
    StorageUnavailable "storage_unavailable" SERVICE_UNAVAILABLE "The store cannot be read or written at the moment. Repeating with the same key is safe.";
    ShuttingDown "shutting_down" SERVICE_UNAVAILABLE "The endpoint is being stopped or restarted, and did not begin with this. Repeat it soon with the same key.";
    TooManyStreams "too_many_streams" SERVICE_UNAVAILABLE "As many users watch already as this endpoint serves at a time. Ask for the list now and then instead.";
    TimedOut "timed_out" SERVICE_UNAVAILABLE "The answer took too long. The outcome is unknown; repeating with the same key is safe.";
    DemoFault "demo_fault" SERVICE_UNAVAILABLE "Demo mode was told to answer so; the status is the one asked for.";
}
