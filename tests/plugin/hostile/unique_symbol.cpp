// Built without -fno-gnu-unique: the variable would be shared by every version that was ever loaded.
#include <guichet/abi/plugin.h>

template <class T>
struct Counter {
    static int count;
};
template <class T>
int Counter<T>::count = 0;

extern "C" GUICHET_EXPORT const guichet_plugin_v1* guichet_plugin_main(void) {
    ++Counter<int>::count;
    return nullptr;
}
