#include "abi/environment.hpp"

#include "abi/slot.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "http/message.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

namespace host::abi {
std::int64_t ContextEnvironment::now_us() const { return base::now_us(); }

std::string_view ContextEnvironment::translate(std::string_view domain, std::string_view msgid) const {
    return ctx_.snapshot->catalogs().text(domain, ctx_.language, msgid);
}

std::string_view ContextEnvironment::translate_plural(std::string_view domain, std::string_view one, std::string_view many,
                                                      std::int64_t n) const {
    return ctx_.snapshot->catalogs().plural(domain, ctx_.language, one, many, n);
}

std::string ContextEnvironment::idempotency_key() const { return base::random_token(16); }

std::string ContextEnvironment::asset_url(std::string_view package, std::string_view file) const {
    if (package == "core") return ctx_.services.layout->host_asset_url(file);
    const auto* generation = ctx_.snapshot->find(package);
    return generation ? package_asset_url(*generation, file) : std::string{};
}

std::string_view ContextEnvironment::query_string() const { return ctx_.request ? std::string_view{ctx_.request->query_string} : ""; }
std::string_view ContextEnvironment::path() const { return ctx_.request ? std::string_view{ctx_.request->path} : ""; }

void ContextEnvironment::slot(std::string_view slot_id, const base::Value& data, std::string& out) const {
    fill_slot(ctx_, slot_id, data, out);
}

std::string package_asset_url(const plugin::Generation& generation, std::string_view file) {
    const auto& assets = generation.package().assets;
    const auto asset = assets.find(file);
    if (asset == assets.end()) return {};
    return "/assets/" + asset->second.hash + "/" + generation.id() + "/" + asset->first;
}

}  // namespace host::abi
