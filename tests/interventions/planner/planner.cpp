// Answers with what the service interventions.schedule says, of one user or of all.
#include <interventions/schedule_v1.h>

#include <guichet/sdk/plugin.hpp>

namespace {

class Planner {
public:
    explicit Planner(guichet::Ctx) {}
    void bind(guichet::Binder& b) { b.route<&Planner::planned>("planned"); }

    void planned(guichet::Ctx ctx, guichet::Request request) {
        const auto number = [&](std::string_view name) { return guichet::to_integer(request.query(name).value_or("")).value_or(0); };
        const auto user = number("user");
        guichet_value* items = nullptr;
        ctx.service<interventions_schedule_v1>(INTERVENTIONS_SCHEDULE, 1, 0)(&interventions_schedule_v1::planned,
                                                                             number("from") * 1'000'000, number("to") * 1'000'000, &user,
                                                                             std::size_t{user ? 1u : 0u}, &items);
        request.json(ctx.object().set("items", guichet::Value{ctx.raw(), items}));
    }
};

}  // namespace

GUICHET_PLUGIN(Planner, GUICHET_PLUGIN_ID, GUICHET_PLUGIN_VERSION)
