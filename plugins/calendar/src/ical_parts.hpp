// Owners of what libical hands out.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <string>

namespace calendar::ical {

struct FreeComponent {
    void operator()(icalcomponent* component) const noexcept { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

inline std::string text(icalcomponent* component) {
    const std::unique_ptr<char, void (*)(void*)> buffer{icalcomponent_as_ical_string_r(component), icalmemory_free_buffer};
    return buffer ? buffer.get() : "";
}

}  // namespace calendar::ical
