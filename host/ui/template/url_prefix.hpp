// How far the value of a URL attribute is known while a template is parsed: a value may only follow where
// it can change neither the scheme nor the host.
#pragma once

#include <string>
#include <string_view>

namespace host::ui {

class UrlPrefix {
public:
    UrlPrefix() = default;
    // of_picture: of <img src>, where data:image/png;base64, and data:image/svg+xml;base64, may stand before a value: no script of
    // a picture runs there.
    explicit UrlPrefix(bool of_picture) : of_picture_{of_picture} {}
    // The reason when the literal character makes an address that is refused, else empty.
    std::string_view feed(char c);

    bool at_start() const { return part_ == Part::start; }
    // Why an interpolated value may not come next; empty when it may.
    std::string_view refusal() const;
    void interpolated() { part_ = Part::settled; }
    // The safe assumption when either may have been written.
    void join(const UrlPrefix& other);
    bool operator==(const UrlPrefix&) const = default;

private:
    enum class Part {
        start,
        scheme,   // characters that may still become a scheme or a relative path
        slash,    // "/", which another slash would make a host
        picture,  // "data:" and what follows up to the comma
        settled
    };
    std::string_view picture(char c);

    bool of_picture_ = false;
    Part part_ = Part::start;
    std::string scheme_;  // "?" when the branches before differ
};

}  // namespace host::ui
