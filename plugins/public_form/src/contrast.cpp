#include "contrast.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace public_form {
namespace {

constexpr double kEnough = 4.5;
constexpr Color kWhite{1, 1, 1}, kBlack{0, 0, 0};

double linear(double channel) { return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4); }
double luminance(const Color& c) { return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue); }

Color mixed(const Color& color, const Color& with, double share) {
    const auto mix = [&](double a, double b) { return a + (b - a) * share; };
    return {mix(color.red, with.red), mix(color.green, with.green), mix(color.blue, with.blue)};
}

std::optional<double> channel(std::string_view two_digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(two_digits.data(), two_digits.data() + two_digits.size(), value, 16);
    if (error != std::errc{} || end != two_digits.data() + two_digits.size()) return std::nullopt;
    return value / 255.0;
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    const auto red = channel(text.substr(1, 2)), green = channel(text.substr(3, 2)), blue = channel(text.substr(5, 2));
    if (!red || !green || !blue) return std::nullopt;
    return Color{*red, *green, *blue};
}

std::string to_text(const Color& color) {
    const auto byte = [](double part) { return static_cast<unsigned>(std::lround(part * 255)); };
    char out[8];
    std::snprintf(out, sizeof out, "#%02x%02x%02x", byte(color.red), byte(color.green), byte(color.blue));
    return out;
}

double contrast(const Color& a, const Color& b) {
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

Color readable_on(const Color& background, Color color) {
    const auto towards = text_on(background);
    for (int percent = 0; percent <= 100; percent += 2) {
        const auto tried = *parse_color(to_text(mixed(color, towards, percent / 100.0)));
        if (contrast(tried, background) >= kEnough) return tried;
    }
    return towards;
}

Color text_on(const Color& background) { return contrast(kWhite, background) >= contrast(kBlack, background) ? kWhite : kBlack; }

}  // namespace public_form
