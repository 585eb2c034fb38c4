#include "auth/principal.hpp"

namespace host::auth {

const Principal& system_principal() {
    static const Principal principal = [] {
        Principal p;
        p.user_id = -1;
        p.name = "system";
        p.everything = true;
        return p;
    }();
    return principal;
}

const Principal& anonymous_principal() {
    static const Principal principal;
    return principal;
}

}  // namespace host::auth
