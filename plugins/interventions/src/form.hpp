// Pages with a form: shown, shown again with what is wrong, and saved.
#pragma once

#include "draft.hpp"

#include <functional>

namespace interventions {

struct Form {
    std::string_view page;  // template
    std::string_view title;
    guichet::Value breadcrumb;  // [{label, url?}]
    std::string back;           // where "Cancel" leads, and a change that was saved
    int64_t version = 0;        // 0: of a new object
    guichet::Value more = {};   // further members for the template
};

void show_form(guichet::Ctx ctx, guichet::Request request, const Form& form, const Draft& draft);

// save() stores the draft and gives the path to go to. A guichet::Error with a field that it throws (CONFLICT, INVALID, VETO) is shown
// beside that field.
void submit_new(guichet::Ctx ctx, guichet::Request request, const Form& form, const Draft& draft, guichet::Problems& problems,
                const std::function<std::string()>& save);
// save(version) is false when the object has another version by now; stored() then gives it.
void submit_edit(guichet::Ctx ctx, guichet::Request request, const Form& form, const Draft& draft, guichet::Problems& problems,
                 const std::function<bool(int64_t)>& save, const std::function<guichet::Value()>& stored);

// [{label, url}], the current page last.
guichet::Value crumbs(guichet::Ctx ctx, std::initializer_list<std::pair<std::string_view, std::string_view>> items);

// A question on a page of its own, for what cannot be undone; reason: why it cannot be done.
void ask(guichet::Ctx ctx, guichet::Request request, std::string_view title, std::string_view text, std::string_view label,
         std::string_view back);
void refuse(guichet::Ctx ctx, guichet::Request request, std::string_view title, std::string_view reason, std::string_view back);

}  // namespace interventions
