// send_mails URL FOLDER: sends what is in the queue until it is killed.
#include "mail/dispatcher.hpp"

#include <csignal>
#include <unistd.h>

int main(int, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    host::db::PoolOptions options;
    options.url = arguments[1];
    options.size = 6;
    host::db::Pool pool{options};
    const host::core::Secrets secrets{std::filesystem::path{arguments[2]} / "secret.key"};
    const host::mail::Senders senders{pool, secrets};
    const host::file::Files files{std::filesystem::path{arguments[2]} / "files"};
    host::mail::Dispatcher dispatcher{pool, senders, files, 4};
    dispatcher.start();
    pause();
}
