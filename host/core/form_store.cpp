#include "core/form_store.hpp"

namespace host::core {

void reset_form(db::Connection& connection, std::string_view object, unsigned audience) {
    connection.exec("delete from core.form_item where object = $1 and audience = $2", {object, name_of_audience(audience)});
}

void save_form(db::Connection& connection, std::string_view object, unsigned audience, const std::vector<FormItem>& items) {
    reset_form(connection, object, audience);
    for (std::size_t i = 0; i < items.size(); ++i)
        connection.exec(
            "insert into core.form_item (object, audience, code, position, shown, mandatory) values ($1, $2, $3, $4::int, $5::boolean, "
            "$6::boolean)",
            {object, name_of_audience(audience), items[i].code, i, items[i].asked.shown, items[i].asked.mandatory});
}

void update_forms(db::Connection& connection, const Field& field) {
    connection.exec("update core.form_item set shown = $3::boolean, mandatory = $4::boolean where object = $1 and code = $2",
                    {field.object, std::string{kCustomPrefix} + field.code, field.in_form, field.mandatory});
}

}  // namespace host::core
