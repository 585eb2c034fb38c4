#include "qr_code.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace interventions {
namespace {

constexpr int kQuietZone = 4;  // modules, as the standard wants

}  // namespace

std::string qr_svg(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
        QRcode_free};
    if (!code) throw std::runtime_error{"this text does not fit into a QR code"};
    const auto side = std::to_string(code->width + 2 * kQuietZone);
    std::string out =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\"><path d=\"";
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if (code->data[y * code->width + x] & 1)
                out += "M" + std::to_string(x + kQuietZone) + " " + std::to_string(y + kQuietZone) + "h1v1h-1z";
    return out + "\"/></svg>";
}

}  // namespace interventions
