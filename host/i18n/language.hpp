// What ICU knows about writing times and numbers in one language, fetched once: ICU's formatters take
// 3 µs per date, a table page writes a hundred.
#pragma once

#include <unicode/numberformatter.h>

#include <array>
#include <string>
#include <string_view>

namespace host::i18n {

struct Language {
    std::array<std::string, 7> weekdays;  // Sunday first
    std::array<std::string, 12> months;
    std::array<std::string, 12> short_months;
    std::string at;  // between a date and a time: " à "
    std::string now, yesterday, tomorrow;
    // Index = how many: ago[3] of minutes is "il y a 3 min".
    struct Distance {
        std::array<std::string, 60> ago;
        std::array<std::string, 60> ahead;
    };
    Distance seconds, minutes, hours;
    icu::number::LocalizedNumberFormatter integer;
    std::array<icu::number::LocalizedNumberFormatter, 5> bytes;  // byte, kB, MB, GB, TB
    bool french = false;                                         // 22/11/2026 and 1er; otherwise 22 Nov 2026 and 1

    explicit Language(std::string_view code);
};

// Of the default language for a code that we do not have.
const Language& language(std::string_view code);

}  // namespace host::i18n
