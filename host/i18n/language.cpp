#include "i18n/language.hpp"

#include "i18n/catalogs.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/dtptngen.h>
#include <unicode/measunit.h>
#include <unicode/reldatefmt.h>
#include <unicode/simpleformatter.h>

#include <memory>
#include <stdexcept>

namespace host::i18n {
namespace {

void require(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(status)};
}

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    return text.toUTF8String(bytes);
}

template <std::size_t N>
void copy_names(std::array<std::string, N>& to, const icu::UnicodeString* names, int32_t first) {
    for (std::size_t i = 0; i < N; ++i) to[i] = utf8(names[first + static_cast<int32_t>(i)]);
}

void load_names(Language& to, const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols{locale, status};
    require(status);
    int32_t count = 0;
    copy_names(to.weekdays, symbols.getWeekdays(count), 1);  // ICU numbers Sunday 1
    copy_names(to.months, symbols.getMonths(count), 0);
    copy_names(to.short_months, symbols.getShortMonths(count), 0);

    const std::unique_ptr<icu::DateTimePatternGenerator> patterns{icu::DateTimePatternGenerator::createInstance(locale, status)};
    require(status);
    const icu::SimpleFormatter glue{patterns->getDateTimeFormat(UDAT_FULL, status), 2, 2, status};
    icu::UnicodeString at;
    glue.format({}, {}, at, status);
    require(status);
    to.at = utf8(at.findAndReplace("'", ""));  // the pattern quotes its words: {1} 'à' {0}
}

std::string phrase(const icu::RelativeDateTimeFormatter& formatter, UDateDirection direction, UDateAbsoluteUnit unit) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    formatter.format(direction, unit, text, status);
    require(status);
    return utf8(text);
}

std::string distance(const icu::RelativeDateTimeFormatter& formatter, double offset, URelativeDateTimeUnit unit) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    formatter.formatNumeric(offset, unit, text, status);
    require(status);
    return utf8(text);
}

void load_distances(Language::Distance& to, const icu::RelativeDateTimeFormatter& formatter, URelativeDateTimeUnit unit) {
    for (std::size_t i = 0; i < to.ago.size(); ++i) {
        to.ago[i] = distance(formatter, -static_cast<double>(i), unit);
        to.ahead[i] = distance(formatter, static_cast<double>(i), unit);
    }
}

void load_relative(Language& to, const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::RelativeDateTimeFormatter formatter{locale, nullptr, UDAT_STYLE_SHORT, UDISPCTX_CAPITALIZATION_NONE, status};
    require(status);
    to.now = phrase(formatter, UDAT_DIRECTION_PLAIN, UDAT_ABSOLUTE_NOW);
    to.yesterday = phrase(formatter, UDAT_DIRECTION_LAST, UDAT_ABSOLUTE_DAY);
    to.tomorrow = phrase(formatter, UDAT_DIRECTION_NEXT, UDAT_ABSOLUTE_DAY);
    load_distances(to.seconds, formatter, UDAT_REL_UNIT_SECOND);
    load_distances(to.minutes, formatter, UDAT_REL_UNIT_MINUTE);
    load_distances(to.hours, formatter, UDAT_REL_UNIT_HOUR);
}

// ICU compiles a formatter the third time it is used. Done before threads share it, so that they only read.
void compile(const icu::number::LocalizedNumberFormatter& formatter) {
    for (int i = 0; i < 4; ++i) {
        UErrorCode status = U_ZERO_ERROR;
        formatter.formatInt(i, status);
        require(status);
    }
}

void load_numbers(Language& to, const icu::Locale& locale) {
    using icu::MeasureUnit;
    to.integer = icu::number::NumberFormatter::withLocale(locale);
    compile(to.integer);
    const std::array<MeasureUnit, 5> units{MeasureUnit::getByte(), MeasureUnit::getKilobyte(), MeasureUnit::getMegabyte(),
                                           MeasureUnit::getGigabyte(), MeasureUnit::getTerabyte()};
    for (std::size_t i = 0; i < units.size(); ++i) {
        to.bytes[i] = icu::number::NumberFormatter::withLocale(locale)
                          .unit(units[i])
                          .unitWidth(i == 0 ? UNUM_UNIT_WIDTH_FULL_NAME : UNUM_UNIT_WIDTH_SHORT)
                          .precision(icu::number::Precision::maxFraction(1));
        compile(to.bytes[i]);
    }
}

}  // namespace

Language::Language(std::string_view code) : french{code == "fr"} {
    const icu::Locale locale{std::string{code}.c_str()};
    load_names(*this, locale);
    load_relative(*this, locale);
    load_numbers(*this, locale);
}

const Language& language(std::string_view code) {
    static const std::array<Language, std::size(kLanguages)> languages{Language{kLanguages[0]}, Language{kLanguages[1]}};
    for (std::size_t i = 1; i < languages.size(); ++i)
        if (kLanguages[i] == code) return languages[i];
    return languages[0];
}

}  // namespace host::i18n
