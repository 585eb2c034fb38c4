#include "ui/template/template.hpp"

#include "ui/template/diagnostics.hpp"
#include "ui/template/parser.hpp"
#include "ui/template/program.hpp"
#include "ui/template/render.hpp"

#include <set>
#include <stdexcept>
#include <utility>

namespace host::ui {
namespace {

constexpr std::string_view kHostDomain = "core";
constexpr std::string_view kHostPrefix = "core:";

using Programs = std::map<std::string, Program, std::less<>>;  // programs never move: includes point to them
using Sources = std::map<std::string, std::string>;

// Includes that come back to where they began. Those of other sets cannot: they know nothing of this one.
class CycleCheck {
public:
    CycleCheck(const Programs& programs, const Sources& sources, base::Problems& problems) : problems_{problems} {
        for (const auto& [name, program] : programs) sources_.emplace(&program, sources.find(name));
    }

    void visit(const Program& program) {
        const auto source = sources_.find(&program);
        if (source == sources_.end() || !done_.insert(&program).second) return;
        running_.insert(&program);
        for (const Program::Call& call : program.calls) {
            if (!call.target) continue;
            if (!running_.contains(call.target)) {
                visit(*call.target);
                continue;
            }
            const auto& [name, text] = *source->second;
            Diagnostics{name, text, problems_}.report(call.offset, "this include of " + call.name + " comes back to itself");
        }
        running_.erase(&program);
    }

private:
    std::map<const Program*, Sources::const_iterator> sources_;
    std::set<const Program*> done_, running_;
    base::Problems& problems_;
};

const Program* find_in(const Programs& programs, std::string_view name) {
    const auto found = programs.find(name);
    return found == programs.end() ? nullptr : &found->second;
}

}  // namespace

struct TemplateSet::Impl {
    Programs programs;
    std::shared_ptr<const TemplateSet> shared;  // keeps what includes point to

    const Program* find(std::string_view domain, std::string_view name) const {
        if (!name.starts_with(kHostPrefix)) return find_in(programs, name);
        name.remove_prefix(kHostPrefix.size());
        if (domain == kHostDomain) return find_in(programs, name);
        return shared ? find_in(shared->impl_->programs, name) : nullptr;
    }
};

TemplateSet::TemplateSet(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
TemplateSet::~TemplateSet() = default;

base::Result<std::shared_ptr<const TemplateSet>> TemplateSet::parse(std::string domain, const std::map<std::string, std::string>& sources,
                                                                    std::shared_ptr<const TemplateSet> shared) {
    auto impl = std::make_unique<Impl>();
    impl->shared = std::move(shared);
    for (const auto& [name, source] : sources) impl->programs[name].domain = domain;
    base::Problems problems;
    const FindProgram find = [&](std::string_view name) { return impl->find(domain, name); };
    for (const auto& [name, source] : sources) parse_template(name, source, find, impl->programs[name], problems);
    CycleCheck cycles{impl->programs, sources, problems};
    for (const auto& [name, program] : impl->programs) cycles.visit(program);
    if (!problems.empty()) return problems;
    return std::shared_ptr<const TemplateSet>{new TemplateSet{std::move(impl)}};
}

bool TemplateSet::has(std::string_view name) const { return find_in(impl_->programs, name) != nullptr; }

void TemplateSet::render(std::string_view name, const base::Value& data, const Environment& environment, std::string& out) const {
    const Program* program = find_in(impl_->programs, name);
    if (!program) throw std::out_of_range{"there is no template " + std::string{name}};
    Renderer{environment, out}.render(*program, data);
}

}  // namespace host::ui
