#include "cli/commands.hpp"

int main(int argc, char** argv) { return host::cli::run(argc, argv); }
