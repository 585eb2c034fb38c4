#include "pages/routes.hpp"

#include <iterator>

namespace host::pages {

std::vector<web::HostRoute> all_routes(const Config& config, web::Badges& badges) {
    std::vector<web::HostRoute> all;
    for (auto routes : {login_routes(config),  password_routes(),       home_routes(),        arrangement_routes(), preferences_routes(),
                        profiles_routes(),     users_routes(),          user_routes(),        teams_routes(),       modules_routes(),
                        settings_routes(),     counters_routes(),       lists_routes(),       fields_routes(),      forms_routes(),
                        slot_routes(),         search_routes(),         badge_routes(badges), audit_routes(),       mail_queue_routes(),
                        mail_senders_routes(), mail_templates_routes(), deliveries_routes(),  jobs_routes()})
        all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
    return all;
}

std::vector<plugin::Manifest::Slot> slots() {
    return {{"core.home.tiles", "tile", "core.home/1", {"Home: figures", "", ""}},
            {"core.home.main", "block", "core.home/1", {"Home: below the figures", "", ""}},
            {"core.user.main", "block", "core.user/1"}};
}

}  // namespace host::pages
