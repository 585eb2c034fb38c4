// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/intake.hpp - for modules that offer "<module>.intake" (guichet/services/intake_v1.h). Include it where it is used.
//
// A module writes three functions, and offers them with
//   b.service("tickets.intake", guichet::intake::kTable<take, retire, merge>);
//   void take(guichet::Ctx, std::string_view kind, guichet::intake::Batch&);
//   void retire(guichet::Ctx, std::string_view kind, const std::vector<int64_t>& ids);
//   void merge(guichet::Ctx, std::string_view kind, int64_t kept, int64_t gone);
// What everybody checks was checked then, and they run in a Tx of their own: whatever they throw leaves nothing behind. no_such_kind()
// and cannot_merge() say what the kind cannot do.
//
// The table of an object has a column "origin jsonb", as Batch::origin() gives it; null: made here. Pages show it with
// {% include "core:partials/origin.html" with origin=… %}, and refuse_locked() is what keeps users from changing what is locked.
#pragma once

#include "plugin.hpp"

#include <guichet/services/intake_v1.h>

namespace guichet::intake {

inline constexpr std::size_t kMostRows = 1000;
inline constexpr std::size_t kLongestUrl = 2000, kLongestName = 80;

// The first so many characters.
inline std::string_view cut(std::string_view text, std::size_t characters) {
    std::size_t end = 0, seen = 0;
    for (; end < text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xc0) != 0x80 && ++seen > characters) break;
    return text.substr(0, end);
}

[[noreturn]] inline void no_such_kind(std::string_view kind) {
    throw Error{GUICHET_E_INVALID, "this intake has no kind \"" + std::string{kind} + '"'};
}
[[noreturn]] inline void cannot_merge(std::string_view kind) {
    throw Error{GUICHET_E_UNSUPPORTED, "objects of kind \"" + std::string{kind} + "\" are not merged"};
}

inline bool is_locked(Value origin) { return origin["locked"].boolean().value_or(false); }

// What is only changed in the other system is not changed by users: GUICHET_E_CONFLICT with why. The system may.
inline void refuse_locked(Ctx ctx, Value origin) {
    if (ctx.user_id() < 0 || !is_locked(origin)) return;
    const auto label = origin["label"].text().value_or("");
    throw Error{GUICHET_E_CONFLICT, fill(ctx.tr("This comes from %1 and is changed there."), {label})};
}

// The rows of one call, what came of each, and what is wrong with them.
class Batch {
public:
    // INVALID unless rows is an array of 1 to 1000 objects.
    Batch(Ctx ctx, Value rows, uint32_t flags) : ctx_{ctx}, rows_{rows}, flags_{flags}, results_(rows.size()) {
        if (!rows.is_array() || rows.size() == 0 || rows.size() > kMostRows)
            throw Error{GUICHET_E_INVALID, "an intake takes 1 to " + std::to_string(kMostRows) + " rows"};
        for (std::size_t i = 0; i < size(); ++i) read_head(i);
    }

    std::size_t size() const { return results_.size(); }
    bool quiet() const { return (flags_ & GUICHET_INTAKE_QUIET) != 0; }
    bool checks_version() const { return (flags_ & GUICHET_INTAKE_CHECK_VERSION) != 0; }

    Value row(std::size_t i) const { return rows_[i]; }
    int64_t id(std::size_t i) const { return rows_[i]["id"].integer().value_or(0); }  // 0: to be made
    // For the column: {system, label, url or null, locked}; empty when the row does not say.
    Value origin(std::size_t i) const { return results_[i].origin; }

    // Nothing was decided of it: it goes on to the next step.
    bool open(std::size_t i) const { return results_[i].outcome.empty(); }

    // The row is taken nevertheless.
    void problem(std::size_t i, std::string_view field, std::string_view message) {
        auto& problems = results_[i].problems;
        if (!problems) problems = ctx_.array();
        problems.push(ctx_.object().set("field", field).set("message", message));
    }
    void refuse(std::size_t i, std::string_view field, std::string_view message) {
        problem(i, field, message);
        decide(i, "refused", id(i), 0);
    }
    void conflict(std::size_t i, int64_t version) {
        problem(i, "version", ctx_.tr("This was changed here in the meantime."));
        decide(i, "conflict", id(i), version);
    }
    void created(std::size_t i, int64_t id, int64_t version = 1) { decide(i, "created", id, version); }
    void updated(std::size_t i, int64_t version) { decide(i, "updated", id(i), version); }
    void unchanged(std::size_t i, int64_t version) { decide(i, "unchanged", id(i), version); }
    // The object has this version now; with GUICHET_INTAKE_CHECK_VERSION a row that was read at another is a conflict. False then.
    bool same_version(std::size_t i, int64_t version) {
        if (!checks_version() || rows_[i]["version"].integer() == version) return true;
        conflict(i, version);
        return false;
    }

    // Runs f in a savepoint: what it throws because of the row refuses the row and leaves nothing behind.
    template <class F>
    void attempt(std::size_t i, F&& f) {
        try {
            Tx tx{ctx_};
            f();
            tx.commit();
        } catch (const Error& e) {
            if (e.code() != GUICHET_E_INVALID && e.code() != GUICHET_E_CONFLICT && e.code() != GUICHET_E_VETO &&
                e.code() != GUICHET_E_NOT_FOUND)
                throw;
            refuse(i, e.field(), e.what());
        }
    }

    // Members other than these and those of every row are problems.
    template <class Names>
    void check_members(std::size_t i, const Names& known) {
        for (std::size_t m = 0; m < rows_[i].size(); ++m) {
            const auto name = rows_[i].key(m);
            if (name == "id" || name == "version" || name == "origin") continue;
            if (std::find(std::begin(known), std::end(known), name) == std::end(known))
                problem(i, name, ctx_.tr("There is no such member here."));
        }
    }
    // One line, or with line breaks; cut when it is too long, with a problem. nullopt: left out; "": null, or nothing in it.
    std::optional<std::string> line(std::size_t i, std::string_view name, std::size_t most) { return text(i, name, most, one_line); }
    std::optional<std::string> lines(std::size_t i, std::string_view name, std::size_t most) { return text(i, name, most, guichet::lines); }
    std::string shortened(std::size_t i, std::string_view name, std::string text, std::size_t most) {
        if (count_characters(text) <= most) return text;
        problem(i, name, fill(ctx_.tr("This was longer than %1 characters and was cut."), {std::to_string(most)}));
        return std::string{cut(text, most)};
    }

    // [{id or null, version, outcome, problems}] in the order of the rows.
    Value results() const {
        auto out = ctx_.array();
        for (const auto& r : results_) {
            if (r.outcome.empty()) throw Error{GUICHET_E_INTERNAL, "an intake has left a row undecided"};
            auto result = ctx_.object().set("id", r.id ? std::optional{r.id} : std::nullopt).set("version", r.version);
            out.push(result.set("outcome", r.outcome).set("problems", r.problems ? r.problems : ctx_.array()));
        }
        return out;
    }

private:
    struct Result {
        Value origin, problems;
        int64_t id = 0, version = 0;
        std::string_view outcome;
    };

    void decide(std::size_t i, std::string_view outcome, int64_t id, int64_t version) {
        results_[i].outcome = outcome;
        results_[i].id = id;
        results_[i].version = version;
    }

    void read_head(std::size_t i) {
        const auto row = rows_[i];
        if (!row.is_object()) return refuse(i, "", ctx_.tr("This must be an object."));
        if (row["id"] && !row["id"].is_null() && id(i) <= 0) return refuse(i, "id", ctx_.tr("This must be a whole number."));
        const auto given = row["origin"];
        const auto system = given["system"].text().value_or("");
        if (given && !given.is_null() && !system.empty()) results_[i].origin = stored(given);
        else if (id(i) == 0 || given) refuse(i, "origin", ctx_.tr("Say which system it comes from."));
    }
    Value stored(Value given) const {
        const auto url = given["url"].text().value_or("");
        const bool linked = (url.starts_with("https://") || url.starts_with("http://")) && url.size() <= kLongestUrl;
        const auto system = cut(given["system"].text().value_or(""), kLongestName);
        const auto label = cut(given["label"].text().value_or(""), kLongestName);
        return ctx_.object()
            .set("system", system)
            .set("label", label.empty() ? system : label)
            .set("url", linked ? std::optional{url} : std::nullopt)
            .set("locked", is_locked(given));
    }

    template <class F>
    std::optional<std::string> text(std::size_t i, std::string_view name, std::size_t most, F&& normalise) {
        const auto value = rows_[i][name];
        if (!value) return std::nullopt;
        if (!value.is_null() && !value.text()) {
            problem(i, name, ctx_.tr("This must be text."));
            return std::nullopt;
        }
        return shortened(i, name, normalise(value.text().value_or("")), most);
    }

    Ctx ctx_;
    Value rows_;
    uint32_t flags_;
    std::vector<Result> results_;
};

namespace detail {

template <class F>
guichet_status served(guichet_ctx* c, F&& f) noexcept {
    const auto& services = *guichet::detail::api.services;
    if (const auto s = services.enter(c, guichet::detail::api.host); s != GUICHET_OK) return s;
    const auto result = guichet::detail::barrier(c, [&] {
        const Ctx ctx{c};
        if (ctx.user_id() >= 0) throw Error{GUICHET_E_DENIED, "only the system takes objects in"};
        Tx tx{ctx};
        f(ctx);
        tx.commit();
    });
    services.leave(c);
    return result;
}

template <auto Take, auto Retire, auto Merge>
struct Functions {
    static guichet_status take(void*, guichet_ctx* c, guichet_str kind, const guichet_value* rows, uint32_t flags,
                               guichet_value** out) noexcept {
        return served(c, [&](Ctx ctx) {
            Batch batch{ctx, Value{c, rows}, flags};
            Take(ctx, view(kind), batch);
            *out = batch.results().raw();
        });
    }
    static guichet_status retire(void*, guichet_ctx* c, guichet_str kind, const int64_t* ids, size_t n) noexcept {
        return served(c, [&](Ctx ctx) {
            if (n > kMostRows) throw Error{GUICHET_E_INVALID, "an intake retires " + std::to_string(kMostRows) + " objects at most"};
            Retire(ctx, view(kind), n ? std::vector<int64_t>{ids, ids + n} : std::vector<int64_t>{});
        });
    }
    static guichet_status merge(void*, guichet_ctx* c, guichet_str kind, int64_t kept, int64_t gone) noexcept {
        return served(c, [&](Ctx ctx) {
            if (kept == gone) throw Error{GUICHET_E_INVALID, "an object is not merged with itself"};
            Merge(ctx, view(kind), kept, gone);
        });
    }
};

}  // namespace detail

// The table of three functions, for Binder::service().
template <auto Take, auto Retire, auto Merge>
inline constexpr guichet_intake_v1 kTable = {{sizeof(guichet_intake_v1), 1, 0},
                                             &detail::Functions<Take, Retire, Merge>::take,
                                             &detail::Functions<Take, Retire, Merge>::retire,
                                             &detail::Functions<Take, Retire, Merge>::merge};

}  // namespace guichet::intake
