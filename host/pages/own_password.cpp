#include "pages/own_password.hpp"

#include "abi/audit.hpp"
#include "auth/users.hpp"
#include "pages/password_problem.hpp"

namespace host::pages {

const base::Value& change_own_password(web::Call& call) {
    const auto& who = call.ctx.principal;
    const auto current = call.form_value("current_password"), fresh = call.form_value("new_password");
    auto* errors = base::Value::object(call.ctx.arena);
    if (!auth::password_matches(call.site.pool, who.user_id, current))
        errors->set("current_password", std::string_view{call.tr("This is not your current password.")});
    if (const auto problems = auth::check_password(fresh, {who.login, who.name, who.email}); !problems.empty())
        errors->set("new_password", std::string_view{password_problem(call, problems.front())});
    else if (fresh != call.form_value("repeat_password"))
        errors->set("repeat_password", std::string_view{call.tr("The two passwords are not the same.")});
    else if (who.password_due && fresh == current)
        errors->set("new_password", std::string_view{call.tr("Choose another password than the one you were given.")});
    if (errors->size() > 0) return *errors;
    db::Transaction transaction{call.site.pool};
    auth::set_password(transaction.connection(), who.user_id, fresh, who.session_id, false);
    core::audit(transaction.connection(), abi::audit_line(call.ctx, "core.password_changed", "user/" + who.login));
    transaction.commit();
    call.site.sessions.invalidate();
    return *errors;
}

}  // namespace host::pages
