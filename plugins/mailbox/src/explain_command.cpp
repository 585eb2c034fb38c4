#include "explain_command.hpp"

#include "explain.hpp"
#include "incoming.hpp"
#include "keys.hpp"
#include "thread.hpp"

#include <filesystem>
#include <iostream>

namespace mailbox {

using guichet::Ctx;

namespace {

// The one of ours that it was sent to; otherwise the first.
std::optional<Mailbox> mailbox_of(Ctx ctx, const Message& message) {
    for (const auto& address : recipients(message)) {
        const auto token = find_address_token(address);
        if (const auto id = mailbox_named(ctx, token ? token->address : address)) return find_mailbox(ctx, *id);
    }
    const auto rows = ctx.exec("select id from mailbox order by id limit 1");
    return rows.empty() ? std::nullopt : find_mailbox(ctx, rows.i64(0, 0));
}

class Decider {
public:
    explicit Decider(Ctx ctx) : ctx_{ctx} {}

    // Where there is no database now, there is none for the next file.
    Decision operator()(const Message& message) {
        if (!problem_.empty()) return {std::nullopt, 0, 0, problem_};
        try {
            return decide(message);
        } catch (const guichet::Error& error) {
            problem_ = error.what();
            return {std::nullopt, 0, 0, problem_};
        }
    }

private:
    Decision decide(const Message& message) {
        guichet::Tx tx{ctx_};  // never committed
        auto mailbox = mailbox_of(ctx_, message);
        if (!mailbox) return {std::nullopt, 0, 0, "there is no mailbox"};
        const auto mail = examine(ctx_, 0, *std::move(mailbox), message);
        const auto thread = find_thread(ctx_, known_keys(ctx_), mail);
        return {mail.verdict, thread.ticket, thread.hint, thread.why};
    }

    Ctx ctx_;
    std::string problem_;
};

}  // namespace

std::int32_t explain(Ctx ctx, guichet::Value files) {
    if (files.size() == 0) return std::cerr << "guichet mail explain FILE…\n", 2;
    Parser parser{std::filesystem::path{ctx.package_folder()}};
    Decider decide{ctx};
    bool all = true;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto explained = explain_file(parser, std::string{files[i].text().value_or("")}, std::ref(decide));
        std::cout << explained.line << std::endl;
        all = all && explained.readable;
    }
    return all ? 0 : 1;
}

}  // namespace mailbox
