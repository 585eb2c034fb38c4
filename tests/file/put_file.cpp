// put_file URL FOLDER TEXT: stores one file in a transaction of its own. Killed by the tests, at every point.
#include "file/files.hpp"

int main(int, char** arguments) {
    host::db::PoolOptions options;
    options.url = arguments[1];
    options.size = 1;
    host::db::Pool pool{options};
    host::file::Files files{arguments[2]};
    host::db::Transaction transaction{pool};
    files.put(transaction.connection(), "core", 0, "text.txt", arguments[3]);
    transaction.commit();
}
