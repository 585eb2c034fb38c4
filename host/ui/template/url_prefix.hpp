// How far the value of a URL attribute is known while a template is parsed: a value may only follow where
// it can change neither the scheme nor the host.
#pragma once

#include <string>
#include <string_view>

namespace host::ui {

class UrlPrefix {
public:
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
        scheme,  // characters that may still become a scheme or a relative path
        slash,   // "/", which another slash would make a host
        settled
    };
    Part part_ = Part::start;
    std::string scheme_;  // "?" when the branches before differ
};

}  // namespace host::ui
