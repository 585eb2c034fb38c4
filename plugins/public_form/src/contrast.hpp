// Colours that can be read: the contrast that WCAG 2.1 asks for (1.4.3: 4.5 to 1 for text).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace public_form {

struct Color {
    double red, green, blue;  // 0 to 1, sRGB
};

std::optional<Color> parse_color(std::string_view text);  // "#rrggbb"
std::string to_text(const Color& color);
double contrast(const Color& a, const Color& b);  // 1 to 21
// The color itself, or as little darker or lighter as it takes.
Color readable_on(const Color& background, Color color);
Color text_on(const Color& background);  // white or black

}  // namespace public_form
