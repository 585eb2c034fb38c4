// A host without its web pages: database, registry, reaper and life cycle, and calls through abi::call.
#pragma once

#include "abi/call.hpp"
#include "abi/exchange.hpp"
#include "database.hpp"
#include "packages.hpp"
#include "plugin/lifecycle.hpp"
#include "plugin/reaper.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <stdexcept>

namespace host::plugin_tests {

struct Answer {
    guichet_status status = GUICHET_OK;
    std::string body;   // of the response
    std::string error;  // of the context
    std::string field;
};

class Desk {
public:
    Desk(const Database& database, const std::filesystem::path& packages, bool safe_mode = false)
        : pool{pool_options(database.url, 12)},
          lifecycle{services,
                    pool,
                    registry,
                    *ui::TemplateSet::parse("core", {}, nullptr),
                    i18n::Catalogs::Domain{"core", {}},
                    {{"core.home", "tile", "core.home/1"}},
                    {{"GET", "/"}, {"GET", "/admin/{page}"}},
                    plugin::LifecycleOptions{{packages}, state.path() / "packages", state.path() / "run", safe_mode}} {}

    Answer get(const std::string& path) const { return get(path, registry.current()); }
    Answer get(const std::string& path, const std::shared_ptr<const plugin::Snapshot>& snapshot) const {
        const auto found = snapshot->router().find("GET", path);
        if (!found.match) return {GUICHET_E_NOT_FOUND, "", "no route", ""};
        const auto& target = snapshot->routes()[found.match->index];
        http::Request request;
        request.method = "GET";
        request.path = path;
        const http::Pairs form;
        guichet_ctx ctx{services, snapshot, target.generation, auth::system_principal(), "en", "test", 0};
        guichet_http exchange{ctx, request, found.match->params, form};
        const auto status = abi::call(ctx, *target.generation, [&] { return target.handler.fn(target.handler.self, &ctx, &exchange); });
        return {status, exchange.response.body, ctx.error.message, ctx.error.field};
    }
    std::string body(const std::string& path) const { return get(path).body; }

    // Names of the libraries of this desk that are mapped now.
    std::set<std::string> mapped() const {
        const auto run = (state.path() / "run").string() + '/';
        std::set<std::string> out;
        std::ifstream maps{"/proc/self/maps"};
        for (std::string line; std::getline(maps, line);)
            if (const auto at = line.find(run); at != std::string::npos) out.insert(line.substr(at + run.size()));
        return out;
    }
    std::size_t copies() const {
        std::error_code error;
        const auto run = std::filesystem::directory_iterator{state.path() / "run", error};
        return error ? 0 : static_cast<std::size_t>(std::distance(begin(run), end(run)));
    }
    bool settled() { return reaper.wait_idle(std::chrono::seconds{30}); }

    std::string scalar(std::string_view sql) { return std::string{pool.exec(sql).text(0, 0)}; }
    plugin::ModuleInfo module(const std::string& id) {
        for (auto& info : lifecycle.list())
            if (info.id == id) return info;
        throw std::runtime_error{"no module " + id};
    }

    TemporaryFolder state;
    mutable db::Pool pool;
    abi::Services services{&pool};
    plugin::Reaper reaper;
    plugin::Registry registry{reaper};
    plugin::Lifecycle lifecycle;
};

inline std::string outcome(const base::Result<std::string>& result) { return result ? *result : base::to_text(result.problems()); }

class DeskTest : public testing::Test {
protected:
    Database database_;
    Packages packages_;
    Desk desk_{database_, packages_.path()};
    plugin::Lifecycle& lifecycle_ = desk_.lifecycle;

    void expect_nothing_mapped() {
        EXPECT_TRUE(desk_.settled());
        EXPECT_EQ(desk_.mapped(), std::set<std::string>{});
        EXPECT_EQ(desk_.copies(), 0u);
    }
};

}  // namespace host::plugin_tests
