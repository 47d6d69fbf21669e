//! Help: fetched when somebody looks, searched, reached from the form and left again.

use crate::desk::{Desk, options};
use partner_desk::options::Options;
use partner_desk::state::guide::{Block, Entry, Guide, Loading, Topic, topics};
use partner_desk::state::help::Place;
use partner_desk::state::signal::{Errand, FocusTarget, Spoken};
use partner_desk::state::{Action, Effect, Fault, Input, Screen, pending};
use partner_rules::wire::Access;
use partner_rules::{Dc, Region};
use std::rc::Rc;

fn wanted(desk: &Desk) -> Option<u32> {
    pending(&desk.state).into_iter().find_map(|effect| {
        if let Effect::LoadGuide { attempt } = effect {
            Some(attempt)
        } else {
            None
        }
    })
}

fn guide() -> Rc<Guide> {
    let entry = |id: &str, question: &str| {
        let answer = vec![Block::Text(Rc::from("By user licences."))];
        Entry::new(Rc::from(id), Rc::from(question), answer, Vec::new())
    };
    Rc::new(Guide {
        entries: vec![entry("decided", "How?"), entry("s1", "What is S1?")],
        ..Guide::default()
    })
}

fn load(desk: &mut Desk) {
    let attempt = wanted(desk).expect("help is wanted");
    desk.act(Action::GuideLoaded {
        attempt,
        result: Ok(guide()),
    });
}

#[test]
fn nothing_is_fetched_before_somebody_looks_for_help() {
    let mut desk = Desk::complete();
    assert_eq!(wanted(&desk), None);
    desk.act(Action::TabChosen(Screen::Help));
    assert!(wanted(&desk).is_some());
}

#[test]
fn opened_without_a_data_centre_help_is_fetched_at_once() {
    let mut desk = Desk::new("");
    assert_eq!(wanted(&desk), None, "not before it is opened");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    assert!(wanted(&desk).is_some());
}

#[test]
fn a_failure_is_told_and_tried_again_and_a_late_answer_changes_nothing() {
    let mut desk = Desk::on_form();
    desk.act(Action::TabChosen(Screen::Help));
    let first = wanted(&desk).expect("wanted");
    desk.act(Action::GuideLoaded {
        attempt: first,
        result: Err(Fault::Unreachable),
    });
    assert_eq!(desk.state.help.guide, Loading::Failed(Fault::Unreachable));
    assert_eq!(wanted(&desk), None);
    desk.act(Action::GuideWanted);
    desk.act(Action::GuideLoaded {
        attempt: first,
        result: Ok(guide()),
    });
    assert!(matches!(desk.state.help.guide, Loading::Wanted { .. }));
    load(&mut desk);
    assert_eq!(desk.state.help.guide, Loading::Ready(guide()));
    desk.act(Action::TabChosen(Screen::Requests));
    desk.act(Action::TabChosen(Screen::Help));
    assert_eq!(wanted(&desk), None, "it is there already");
}

#[test]
fn another_language_is_another_file_and_only_for_who_looks() {
    let german = || {
        Rc::new(Options {
            lang: Rc::from("de"),
            ..options("eu")
        })
    };
    let mut desk = Desk::on_form();
    desk.act(Action::TabChosen(Screen::Help));
    load(&mut desk);
    desk.act(Action::OptionsChanged(german()));
    assert!(wanted(&desk).is_some());

    let mut desk = Desk::on_form();
    desk.act(Action::OptionsChanged(german()));
    assert_eq!(wanted(&desk), None);
    assert_eq!(&*desk.state.options.lang, "de");
}

#[test]
fn an_answer_leads_back_to_the_form_with_everything_typed_and_focus_on_its_link() {
    let mut desk = Desk::on_form();
    desk.act(Action::Edited(Input::Subject("Cannot sign in".to_owned())));
    desk.act(Action::Submit);
    let form = Rc::clone(&desk.state.form);
    desk.act(Action::Asked(Topic::Decided));
    assert_eq!(desk.state.screen, Screen::Answer(Rc::from("decided")));
    assert_eq!(desk.focus(), Some(&FocusTarget::Title));
    load(&mut desk);
    // One answer leads to another; back still leads to the form.
    desk.act(Action::Go(Screen::Answer(Rc::from("s1"))));
    desk.act(Action::Back);
    assert_eq!(desk.state.screen, Screen::AddTicket);
    assert_eq!(desk.state.form, form);

    desk.act(Action::Asked(Topic::Decided));
    desk.act(Action::Back);
    assert_eq!(desk.focus(), Some(&FocusTarget::Asked(Topic::Decided)));
    assert_eq!(
        desk.state.help.asked,
        Some(Topic::Decided),
        "its list is unfolded"
    );
}

#[test]
fn a_ticket_filed_while_an_answer_is_read_is_what_back_leads_to() {
    let mut desk = Desk::complete();
    desk.act(Action::Submit);
    desk.act(Action::Asked(Topic::Undecided));
    desk.accept();
    assert_eq!(desk.state.screen, Screen::Answer(Rc::from("undecided")));
    desk.act(Action::Back);
    assert_eq!(desk.state.screen, Screen::Receipt);
}

#[test]
fn from_help_an_answer_leads_back_to_its_question() {
    let mut desk = Desk::on_form();
    desk.act(Action::Go(Screen::Help));
    load(&mut desk);
    desk.act(Action::Go(Screen::Answer(Rc::from("s1"))));
    desk.act(Action::Back);
    assert_eq!(desk.state.screen, Screen::Help);
    assert_eq!(desk.focus(), Some(&FocusTarget::Question(Rc::from("s1"))));
}

#[test]
fn the_number_of_answers_is_said_when_typing_pauses_and_only_the_last_one() {
    let mut desk = Desk::on_form();
    desk.act(Action::Go(Screen::Help));
    let waiting = |desk: &Desk| -> Vec<Spoken> {
        let errands = desk.state.signals.errands.iter();
        errands
            .filter_map(|(_, errand)| {
                if let Errand::SayLater(spoken) = errand {
                    Some(spoken.clone())
                } else {
                    None
                }
            })
            .collect()
    };
    desk.act(Action::Searched(Rc::from("s1")));
    assert_eq!(waiting(&desk), [], "nothing is known yet");
    load(&mut desk);
    desk.act(Action::Searched(Rc::from("licences")));
    desk.act(Action::Searched(Rc::from("licences s1")));
    assert_eq!(waiting(&desk), [Spoken::Found(1)]);
    desk.act(Action::Searched(Rc::from("  ")));
    assert_eq!(waiting(&desk), [], "everything is no result");
}

#[test]
fn a_chosen_place_is_that_of_the_channels_and_of_nothing_else() {
    let mut desk = Desk::new("");
    desk.act(Action::Opened {
        screen: None,
        now_ms: 0,
    });
    let place = Place {
        dc: Some(Dc::Uk),
        region: None,
    };
    desk.act(Action::PlaceChosen(place));
    assert_eq!(desk.state.help.place.region(), Some(Region::Uk));
    assert_eq!(desk.state.options.dc, None);
    desk.act(Action::Go(Screen::AddTicket));
    assert_eq!(desk.state.screen, Screen::Help);
    desk.act(Action::Go(Screen::Composer));
    assert_eq!(desk.state.screen, Screen::Help, "never a form");
    assert!(
        !pending(&desk.state)
            .iter()
            .any(|effect| matches!(effect, Effect::Connect { .. }))
    );
}

#[test]
fn every_verdict_raises_questions_and_a_missing_id_asks_where_it_is() {
    let mut desk = Desk::on_form();
    let asked = |desk: &Desk| {
        let assessment = desk.state.form.assessment.as_ref().expect("assessed");
        topics(&assessment.classification)
    };
    assert_eq!(
        asked(&desk),
        [Topic::Decided, Topic::FindZoid, Topic::PolicyVersion]
    );
    desk.fill("Zoho Campaigns", "20000000001", "admin@large.example");
    assert_eq!(asked(&desk), [Topic::Excluded, Topic::PolicyVersion]);
    desk.fill("Zoho CRM", "20000000001", "admin@large.example");
    assert_eq!(
        asked(&desk),
        [Topic::Undecided, Topic::Targets, Topic::PolicyVersion]
    );
}

#[test]
fn help_is_there_without_access_and_without_an_endpoint() {
    let mut desk = Desk::new("eu");
    desk.act(Action::Opened {
        screen: Some(Screen::Help),
        now_ms: 0,
    });
    assert!(wanted(&desk).is_some(), "while connecting");
    desk.connect(Access::None);
    assert_eq!(desk.state.screen, Screen::Help);
    assert!(wanted(&desk).is_some());
}
