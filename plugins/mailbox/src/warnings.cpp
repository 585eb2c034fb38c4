#include "warnings.hpp"

namespace mailbox {
namespace {

std::string describe(guichet::Ctx ctx, std::string_view stored) {
    const auto argument = stored.substr(std::min(stored.find(' ') + 1, stored.size()));
    if (stored == "unverified") return std::string{ctx.tr("The sender is not verified: somebody else may have written this.")};
    if (stored == "several_senders") return std::string{ctx.tr("The mail names several senders: it cannot be said who wrote it.")};
    if (stored == "cut") return std::string{ctx.tr("The text was too long and is cut; the original has all of it.")};
    if (stored.starts_with("reply_to ")) return guichet::fill(ctx.tr("Answers are asked to go to another address: %1"), {argument});
    if (stored.starts_with("files_lost "))
        return guichet::fill(ctx.tr("Attachments for which there was no room: %1. The original has them."), {argument});
    return std::string{stored};
}

}  // namespace

std::string described_reason(guichet::Ctx ctx, std::string_view stored) {
    if (stored.empty()) return {};
    const auto tab = std::min(stored.find('\t'), stored.size());
    return guichet::fill(ctx.tr(stored.substr(0, tab)), {stored.substr(std::min(tab + 1, stored.size()))});
}

guichet::Value described_warnings(guichet::Ctx ctx, guichet::Value stored) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < stored.size(); ++i) out.push(describe(ctx, stored[i].text().value_or("")));
    return out;
}

}  // namespace mailbox
