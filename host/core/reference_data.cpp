#include "core/reference_data.hpp"

#include "i18n/catalogs.hpp"

namespace host::core {
namespace {

const base::Value* by_name(db::Pool& pool, base::Arena& arena, std::string_view sql) {
    return pool.exec(sql).to_value(arena);
}

std::string_view label_in(const base::Value& labels, std::string_view language, std::string_view fallback) {
    for (const std::string_view wanted : {language, std::string_view{i18n::kDefaultLanguage}}) {
        const auto* label = labels.get(wanted);
        if (label && label->is(base::Value::Type::string)) return label->as_string();
    }
    return fallback;
}

void load_lists(db::Pool& pool, Reference& to) {
    const auto rows = pool.exec("select l.id, i.id, i.code, i.labels, i.color, i.active from core.list l"
                                " left join core.list_item i on i.list_id = l.id order by l.id, i.position, i.id");
    for (std::size_t r = 0; r < rows.size(); ++r) {
        auto& by_language = to.lists[std::string{rows.text(r, 0)}];
        const auto* row = rows.row_value(to.arena, r);
        for (const auto language : i18n::kLanguages) {
            auto& items = by_language[std::string{language}];
            if (!items) items = base::Value::array(to.arena);
            if (rows.is_null(r, 1)) continue;
            auto* item = const_cast<base::Value*>(items)->add_object({});
            item->set("id", rows.i64(r, 1));
            item->set("code", rows.text(r, 2));
            item->set("label", label_in(*row->get("labels"), language, rows.text(r, 2)));
            item->set("color", rows.text(r, 4));
            item->set("active", rows.boolean(r, 5));
        }
    }
}

}  // namespace

std::shared_ptr<const Reference> ReferenceData::get() const {
    return cache_.get([&] {
        auto fresh = std::make_shared<Reference>();
        fresh->users = by_name(pool_, fresh->arena, "select id, name, login from core.app_user where active order by lower(name), id");
        fresh->teams = by_name(pool_, fresh->arena, "select id, name from core.team where active order by lower(name), id");
        load_lists(pool_, *fresh);
        fresh->fields = load_fields(pool_, fresh->arena);
        fresh->arrangements = load_arrangements(pool_);
        return fresh;
    });
}

}  // namespace host::core
