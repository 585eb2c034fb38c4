#include "take.hpp"

namespace mailbox {

Parsers::Lease Parsers::take() {
    const std::lock_guard lock{mutex_};
    if (idle_.empty()) return {*this, std::make_unique<Parser>(package_)};
    auto parser = std::move(idle_.back());
    idle_.pop_back();
    return {*this, std::move(parser)};
}

void Parsers::give_back(std::unique_ptr<Parser> parser) {
    const std::lock_guard lock{mutex_};
    if (!closed_) idle_.push_back(std::move(parser));
}

void Parsers::clear() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    idle_.clear();
}

}  // namespace mailbox
