#include "import_check.hpp"

#include <algorithm>

namespace directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::size_t kLinesOfAJob = 10'000;  // a context has 64 MiB
constexpr std::size_t kBatch = 500;
constexpr std::size_t kLongestShown = 200;
constexpr std::size_t kMostProblems = 10'000;  // a file of nothing else is told to be wrong, not read to its end

struct Line {
    std::size_t number = 0;
    std::map<std::string, std::string> values;  // of fields, by name
    std::map<std::string, std::string> typed;   // of custom fields, by code
    std::string account, key;
    std::string account_id, target_id, action, custom = "{}";
    bool wrong = false;
};

struct Problem {
    std::size_t line;
    std::string field, value;
    std::string message;
};

std::string shortened(std::string_view text) {
    std::size_t end = 0, characters = 0;
    for (; end < text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xc0) != 0x80 && ++characters > kLongestShown) break;
    return std::string{text.substr(0, end)};
}

// As JSON, without the arena of the context: a file has many cells.
void append_json(std::string& out, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') (out += '\\') += c;
        else if (byte < 0x20) ((out += "\\u00") += kDigits[byte >> 4]) += kDigits[byte & 15];
        else out += c;
    }
    out += '"';
}

std::string to_json(const std::map<std::string, std::string>& values) {
    std::string out = "{";
    for (const auto& [name, value] : values) {
        if (out.size() > 1) out += ',';
        append_json(out, name);
        out += ':';
        append_json(out, value);
    }
    return out += '}';
}

// ["…", …] of one text of each line.
template <class F>
std::string array_of(const std::vector<Line>& lines, F&& text) {
    std::string out = "[";
    for (const auto& line : lines) {
        if (out.size() > 1) out += ',';
        append_json(out, text(line));
    }
    return out += ']';
}

bool is_day_first(std::string_view text) {
    if (text.size() != 10 && text.size() != 8) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool mark = i == 2 || i == 5;
        if (mark ? text[i] != '/' && text[i] != '-' && text[i] != '.' : text[i] < '0' || text[i] > '9') return false;
    }
    return true;
}

// "31/12/2026", "31-12-26" -> "2026-12-31"; anything else stays.
std::string read_date(std::string text) {
    if (!is_day_first(text)) return text;
    const auto year = text.size() == 8 ? "20" + text.substr(6) : text.substr(6);
    return year + '-' + text.substr(3, 2) + '-' + text.substr(0, 2);
}

std::optional<std::string_view> read_flag(std::string_view text) {
    const auto word = folded(text);
    for (const std::string_view yes : {"oui", "o", "yes", "y", "vrai", "true", "1", "x", "actif", "active"})
        if (word == yes) return "true";
    for (const std::string_view no : {"non", "n", "no", "faux", "false", "0", "inactif", "inactive"})
        if (word == no) return "false";
    return std::nullopt;
}

std::string_view length_problem(const Field& field, std::string_view value) {
    const auto most = field.max_length ? field.max_length : 20'000;
    return guichet::count_characters(value) > most ? "This is too long." : std::string_view{};
}

class Checker {
public:
    Checker(Ctx ctx, const Import& import) : ctx_{ctx}, import_{import}, fields_{import_fields(ctx, *import.kind)} {
        for (const auto& column : import.columns) {
            const auto found = std::ranges::find(fields_, column, &ImportField::name);
            columns_.push_back(found == fields_.end() ? nullptr : &*found);
        }
    }

    void add(std::size_t number, const std::vector<std::string>& cells) {
        auto& line = lines_.emplace_back();
        line.number = number;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i >= columns_.size()) {
                if (!cells[i].empty()) problem(line, "", cells[i], "The line has more cells than the head.");
                continue;
            }
            if (columns_[i]) read(line, *columns_[i], cells[i]);
        }
        if (lines_.size() == kBatch) flush();
    }

    // Everything into the database, in the caller's transaction when there is one.
    void flush() {
        if (lines_.empty()) return;
        find_targets();
        find_accounts();
        for (auto& line : lines_) finish(line);
        store_lines();
        store_problems();
        lines_.clear();
        problems_.clear();
    }
    std::size_t problems() const { return count_; }

private:
    void problem(Line& line, std::string_view field, std::string_view value, std::string_view message) {
        line.wrong = true;
        ++count_;
        problems_.push_back({line.number, std::string{field}, shortened(value), std::string{message}});
    }

    void read(Line& line, const ImportField& field, std::string_view cell) {
        std::string_view wrong;
        const auto value = read_cell(field, import_.words, cell, wrong);
        if (!wrong.empty()) return problem(line, field.name, cell, wrong);
        if (!value) return;
        if (field.name == import_.key) line.key = *value;
        if (field.name == kAccountColumn) line.account = *value;
        else if (field.field) line.values[field.name] = *value;
        else line.typed[field.name.substr(7)] = *value;
    }

    // What the key of each line finds.
    void find_targets() {
        if (import_.key.empty()) return;
        const auto found = ctx_.exec(key_query(), array_of(lines_, [](const Line& line) { return line.key; }));
        for (std::size_t i = 0; i < found.size(); ++i) {
            auto& line = lines_[static_cast<std::size_t>(found.i64(i, 0)) - 1];
            if (found.i64(i, 1) > 1) problem(line, import_.key, line.key, "Several have this: there must be one.");
            else line.target_id = std::to_string(found.i64(i, 2));
        }
    }
    std::string_view key_query() const {
        if (import_.key == "code")
            return "select k.n, count(*), min(t.id) from jsonb_array_elements_text($1::jsonb) with ordinality k(value, n)"
                   " join account t on lower(t.code) = lower(k.value) group by k.n";
        if (import_.key == "ref")
            return "select k.n, count(*), min(t.id) from jsonb_array_elements_text($1::jsonb) with ordinality k(value, n)"
                   " join contract t on t.ref_key = fold(k.value) group by k.n";
        if (&import_.kind->resource == &kAccounts)
            return "select k.n, count(*), min(t.id) from jsonb_array_elements_text($1::jsonb) with ordinality k(value, n)"
                   " join account t on t.email_key = lower(k.value) group by k.n";
        return "select k.n, count(*), min(t.id) from jsonb_array_elements_text($1::jsonb) with ordinality k(value, n)"
               " join contact t on t.email_key = lower(k.value) group by k.n";
    }

    // By customer number, and where there is none, by name.
    void find_accounts() {
        if (!import_.kind->resource.parent) return;
        const auto found = ctx_.exec(
            "select k.n, a.many, a.id from jsonb_array_elements_text($1::jsonb) with ordinality k(value, n)"
            " cross join lateral (select count(*) as many, min(id) as id, 1 as rank from account where lower(code) = lower(k.value)"
            " union all select count(*), min(id), 2 from account where name_key = fold(k.value) collate \"C\""
            " order by 3) a where k.value <> '' and a.many > 0 order by k.n, a.rank desc",
            array_of(lines_, [](const Line& line) { return line.account; }));
        for (std::size_t i = 0; i < found.size(); ++i) {
            auto& line = lines_[static_cast<std::size_t>(found.i64(i, 0)) - 1];
            line.account_id = found.i64(i, 1) == 1 ? std::to_string(found.i64(i, 2)) : "several";
        }
    }

    void finish(Line& line) {
        const bool is_new = line.target_id.empty();
        line.action = is_new ? (import_.creates() ? "create" : "skip") : (import_.updates() ? "update" : "skip");
        if (line.action == "skip") return;
        if (import_.kind->resource.parent) check_account(line, is_new);
        if (is_new) check_needed(line);
        check_days(line);
        merge_custom(line, is_new);
    }

    void check_account(Line& line, bool is_new) {
        if (line.account.empty()) {
            if (is_new) problem(line, kAccountColumn, "", "Say which account it belongs to.");
        } else if (line.account_id.empty()) problem(line, kAccountColumn, line.account, "No account has this customer number or name.");
        else if (line.account_id == "several")
            problem(line, kAccountColumn, line.account, "Several accounts are called so. Use the customer number.");
    }

    void check_needed(Line& line) {
        for (const auto& field : fields_)
            if (field.needed && field.field && !line.values.contains(field.name) && !has_problem(line, field.name))
                problem(line, field.name, "", field.field->missing);
    }
    bool has_problem(const Line& line, std::string_view field) const {
        return std::ranges::any_of(problems_, [&](const Problem& p) { return p.line == line.number && p.field == field; });
    }

    void check_days(Line& line) {
        const auto start = line.values.find("starts_on"), end = line.values.find("ends_on");
        if (start != line.values.end() && end != line.values.end() && end->second < start->second)
            problem(line, "ends_on", end->second, "The end is before the start.");
    }

    void merge_custom(Line& line, bool is_new) {
        if (line.typed.empty() && !(is_new && needs_custom())) return;
        auto typed = ctx_.object();
        for (const auto& [code, value] : line.typed) typed.set(code, value);
        guichet::Problems wrong{ctx_};
        const auto merged =
            wrong.merge_fields(import_.kind->resource.entity.object, GUICHET_AUDIENCE_INTERNAL, is_new ? Value{} : ctx_.object(), typed);
        for (std::size_t i = 0; i < wrong.by_field().size(); ++i) {
            const auto name = wrong.by_field().key(i);
            const auto value = line.typed.find(std::string{name.substr(std::min<std::size_t>(7, name.size()))});
            problem(line, name, value == line.typed.end() ? "" : value->second, wrong.by_field()[name].text().value_or(""));
        }
        if (!wrong) line.custom = guichet::to_json(ctx_, merged);
    }
    bool needs_custom() {
        if (!needs_custom_) {
            const auto custom = ctx_.fields(import_.kind->resource.entity.object, GUICHET_AUDIENCE_INTERNAL);
            needs_custom_ = false;
            for (std::size_t i = 0; i < custom.size(); ++i)
                needs_custom_ = *needs_custom_ || custom[i]["mandatory"].boolean().value_or(false);
        }
        return *needs_custom_;
    }

    void store_lines() {
        std::string rows = "[";
        for (const auto& line : lines_) {
            if (line.wrong) continue;
            if (rows.size() > 1) rows += ',';
            rows += "[" + std::to_string(line.number) + ",\"" + line.action + "\",";
            append_json(rows, line.key);
            rows += "," + (line.account_id.empty() ? "null" : line.account_id) + "," + (line.target_id.empty() ? "null" : line.target_id);
            rows += "," + to_json(line.values) + "," + line.custom + "]";
        }
        ctx_.exec(
            "insert into import_line (import_id, line, action, key, account_id, target_id, data, custom)"
            " select $1, (r ->> 0)::int, r ->> 1, fold(nullif(r ->> 2, '')), (r ->> 3)::bigint, (r ->> 4)::bigint, r -> 5, r -> 6"
            " from jsonb_array_elements($2::jsonb) r",
            import_.id, rows + "]");
    }

    void store_problems() {
        if (problems_.empty()) return;
        std::string rows = "[";
        for (const auto& problem : problems_) {
            if (rows.size() > 1) rows += ',';
            rows += "[" + std::to_string(problem.line);
            for (const auto& text : {problem.field, problem.value, problem.message}) append_json(rows += ',', text);
            rows += ']';
        }
        ctx_.exec(
            "insert into import_problem (import_id, line, field, value, message)"
            " select $1, (r ->> 0)::int, r ->> 1, r ->> 2, r ->> 3 from jsonb_array_elements($2::jsonb) r",
            import_.id, rows + "]");
    }

    Ctx ctx_;
    const Import& import_;
    std::vector<ImportField> fields_;
    std::vector<const ImportField*> columns_;
    std::vector<Line> lines_;
    std::vector<Problem> problems_;
    std::size_t count_ = 0;
    std::optional<bool> needs_custom_;
};

// What only the whole file can tell.
void check_together(Ctx ctx, const Import& import) {
    if (!import.key.empty())
        ctx.exec(
            "insert into import_problem (import_id, line, field, value, message)"
            " select import_id, line, $2, key, 'A line above has the same.' from"
            " (select *, row_number() over (partition by key order by line) as n from import_line where import_id = $1 and key is not "
            "null) l where n > 1",
            import.id, import.key);
    if (&import.kind->resource != &kAccounts || import.key == "code") return;
    ctx.exec(
        "insert into import_problem (import_id, line, field, value, message)"
        " select l.import_id, l.line, 'code', l.data ->> 'code', 'Another account has this customer number.' from import_line l"
        " where l.import_id = $1 and l.action <> 'skip' and (exists (select from account a where lower(a.code) = lower(l.data ->> 'code')"
        " and a.id is distinct from l.target_id) or exists (select from import_line o where o.import_id = $1 and o.line < l.line"
        " and o.action <> 'skip' and lower(o.data ->> 'code') = lower(l.data ->> 'code')))",
        import.id);
}

void close_check(Ctx ctx, const Import& import) {
    check_together(ctx, import);
    ctx.exec(
        "update import set state = 'checked', problems = (select count(*) from import_problem where import_id = $1),"
        " created = (select count(*) from import_line where import_id = $1 and action = 'create'),"
        " updated = (select count(*) from import_line where import_id = $1 and action = 'update'),"
        " skipped = (select count(*) from import_line where import_id = $1 and action = 'skip') where id = $1",
        import.id);
}

}  // namespace

std::optional<std::string> read_cell(const ImportField& field, Value words, std::string_view cell, std::string_view& wrong) {
    const auto kind = field.field ? field.field->kind : field.type == "long_text" ? Kind::lines : Kind::line;
    auto text = normalise(kind, cell);
    if (text.empty()) return std::nullopt;
    if (const auto meanings = words[field.name]) {
        const auto code = meanings[folded(text)].text();
        if (!code) wrong = "Choose one of the list.";
        return code ? std::optional{std::string{*code}} : std::nullopt;
    }
    if (kind == Kind::flag || field.type == "boolean") {
        const auto flag = read_flag(text);
        if (!flag) wrong = "Write yes or no.";
        return flag ? std::optional{std::string{*flag}} : std::nullopt;
    }
    if (kind == Kind::date) text = read_date(text);
    if (!field.field) return text;
    wrong = length_problem(*field.field, text);
    if (wrong.empty()) wrong = problem_of(kind, text);
    return text;
}

bool check_import(Ctx ctx, guichet::Job job, const Import& import) {
    ImportFile file{ctx, import.file_id, import.format, import.place};
    Checker checker{ctx, import};
    guichet::Tx tx{ctx};
    std::size_t lines = 0;
    bool more = true;
    for (std::vector<std::string> cells; lines < kLinesOfAJob && checker.problems() < kMostProblems && (more = file.next(cells)); ++lines) {
        if (lines % kBatch == 0)
            job.progress(static_cast<uint32_t>((import.checked + static_cast<int64_t>(lines)) * 100 / std::max<int64_t>(import.total, 1)));
        checker.add(file.line(), cells);
    }
    checker.flush();
    const bool enough = checker.problems() >= kMostProblems;
    ctx.exec("update import set checked = checked + $2::int, at_byte = $3::bigint, at_line = $4::int where id = $1", import.id, lines,
             file.place().byte, file.place().line);
    if (!more || enough) close_check(ctx, import);
    tx.commit();
    return !more || enough;
}

}  // namespace directory
