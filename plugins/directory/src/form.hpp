// Pages with a form for one object: shown, sent back with its errors (422), or with what somebody else has
// saved in the meantime (409). What was typed is kept.
#pragma once

#include "draft.hpp"

#include <functional>

namespace directory {

struct Form {
    std::string_view page;  // template
    std::string_view title;
    guichet::Value breadcrumb;
    std::string back;       // path "Cancel" leads to
    int64_t version = 0;    // of the stored object; 0: a new one
    std::string_view extra_name = {};  // one member more for the template
    guichet::Value extra = {};

    Form with(std::string_view name, guichet::Value value) const {
        auto out = *this;
        out.extra_name = name;
        out.extra = value;
        return out;
    }
};

void show_form(guichet::Ctx ctx, guichet::Request request, const Form& form, const Draft& draft);

// save() stores the draft and gives the path to go to. A guichet::Error with a field that it throws (CONFLICT,
// INVALID, VETO) is shown beside that field, a veto without one beside the first.
void submit_new(guichet::Ctx ctx, guichet::Request request, const Form& form, const Draft& draft, guichet::Problems& problems,
                const std::function<std::string()>& save);

// save(version) is false when the object has another version by now; stored() then gives it.
void submit_edit(guichet::Ctx ctx, guichet::Request request, const Form& form, const Draft& draft, guichet::Problems& problems,
                 const std::function<bool(int64_t)>& save, const std::function<guichet::Value()>& stored);

// [{label, url}], the current page last.
guichet::Value crumb(guichet::Ctx ctx, std::string_view label, std::string_view url = {});

}  // namespace directory
