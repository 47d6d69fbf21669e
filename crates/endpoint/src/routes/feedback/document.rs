//! The feedback form as the OpenAPI document describes it. Nothing is read by it: `parts.rs` does that.

use partner_rules::email::ADDRESS_MAX;
use partner_rules::feedback::{
    DESCRIPTION_MAX, LANGS, NAME_MAX, PAGE_URL_MAX, SUBJECT_MAX, VERSION_MAX,
};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::{PartialSchema, ToSchema};

/// What the default policy allows; `limits` of `GET /policy` says what counts here.
const FILES_MAX: usize = 5;

/// Each field is a part of this name; only screenshots may come more than once.
pub(super) struct FeedbackForm;

impl PartialSchema for FeedbackForm {
    fn schema() -> RefOr<Schema> {
        let url = text(PAGE_URL_MAX)
            .format(Some(SchemaFormat::Custom("uri".to_owned())))
            .description(Some(
                "`http` or `https`. Query, fragment and credentials are not kept.",
            ));
        let lang = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(LANGS));
        let file = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
        let screenshots = ArrayBuilder::new()
            .items(file)
            .max_items(Some(FILES_MAX))
            .description(Some(
                "PNG, JPEG, WebP or GIF, by the ending of the file's name and by content.",
            ));
        let mut form = ObjectBuilder::new()
            .property("name", text(NAME_MAX).min_length(Some(1)))
            .property("email", text(ADDRESS_MAX).min_length(Some(1)))
            .property("subject", text(SUBJECT_MAX).min_length(Some(1)))
            .property("description", text(DESCRIPTION_MAX))
            .property("page_url", url)
            .property("lang", lang)
            .property("version", text(VERSION_MAX))
            .property("screenshots", screenshots)
            .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
            .description(Some(
                "Each field is a part of this name; only screenshots may come more than once.",
            ));
        for field in ["name", "email", "subject", "lang"] {
            form = form.required(field);
        }
        form.into()
    }
}

impl ToSchema for FeedbackForm {}

/// UTF-8; lengths are counted in characters after trimming.
fn text(max: u32) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(usize::try_from(max).ok())
}
