#include "abi/guard.hpp"

#include "abi/budget.hpp"

namespace host::abi {
namespace {

guichet_status status_of(const std::string& sqlstate) {
    if (sqlstate == "23505" || sqlstate == "23P01" || sqlstate == "23503" || sqlstate == "40001" || sqlstate == "40P01") return GUICHET_E_CONFLICT;
    if (sqlstate == "22021" || sqlstate == "22P05" || sqlstate == "22001" || sqlstate == "22003" || sqlstate == "22P02" ||
        sqlstate == "22007" || sqlstate == "22008" || sqlstate == "23514")
        return GUICHET_E_INVALID;
    return GUICHET_E_DB;
}

}  // namespace

guichet_status record(guichet_ctx& ctx, guichet_status code, std::string_view message, std::string_view field,
                      std::string_view sqlstate) noexcept {
    try {
        ctx.error.code = code;
        ctx.error.message = message;
        ctx.error.field = field;
        ctx.error.sqlstate = sqlstate;
        return code;
    } catch (...) {
        return GUICHET_E_NOMEM;
    }
}

guichet_status record_current_exception(guichet_ctx& ctx) noexcept {
    try {
        throw;
    } catch (const DeadlinePassed& e) {
        return record(ctx, GUICHET_E_TIMEOUT, e.what());
    } catch (const db::Unavailable& e) {
        return record(ctx, GUICHET_E_UNAVAILABLE, e.what(), {}, e.sqlstate());
    } catch (const db::Error& e) {
        const auto code = status_of(e.sqlstate());
        if (code == GUICHET_E_DB)
            base::log(base::Level::error, e.what(), {{"sqlstate", std::string_view{e.sqlstate()}}, {"request", std::string_view{ctx.request_id}}});
        return record(ctx, code, e.what(), {}, e.sqlstate());
    } catch (const std::bad_alloc&) {
        return record(ctx, GUICHET_E_NOMEM, "out of memory");
    } catch (const std::exception& e) {
        return record(ctx, GUICHET_E_INTERNAL, e.what());
    } catch (...) {
        return record(ctx, GUICHET_E_INTERNAL, "exception of unknown type");
    }
}

}  // namespace host::abi
